package csvfile

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
)

// Unpacked returns what a file holds, or an error if it is compressed: whoever reads it
// as what it is not reports faults that help nobody.
func Unpacked(f io.Reader) (io.Reader, error) {
	in := bufio.NewReaderSize(f, 1<<16)
	head, _ := in.Peek(4)
	for _, p := range []struct{ name, magic string }{{"gzip", "\x1f\x8b"}, {"zip", "PK\x03\x04"}, {"zstd", "\x28\xb5\x2f\xfd"}, {"bzip2", "BZh"}, {"xz", "\xfd7zX"}} {
		if bytes.HasPrefix(head, []byte(p.magic)) {
			return nil, fmt.Errorf("the file is compressed (%s); unpack it, and name what comes out in the manifest", p.name)
		}
	}
	return in, nil
}
