// Package progress draws, on a terminal only, how much of a long input has been
// read.
package progress

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"
)

// Bar passes its input through and draws how much of it has been read.
type Bar struct {
	in    io.Reader
	name  string
	size  int64 // 0 if unknown
	read  int64
	out   io.Writer // nil when nobody looks
	drawn time.Time
}

// NewBar draws on out, if that is a terminal, while in is read. A size of 0 is
// unknown.
func NewBar(in io.Reader, name string, size int64, out io.Writer) *Bar {
	b := &Bar{in: in, name: name, size: size}
	if isTerminal(out) {
		b.out = out
	}
	return b
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Read implements [io.Reader].
func (b *Bar) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	b.read += int64(n)
	if b.out != nil {
		if now := time.Now(); now.Sub(b.drawn) > 100*time.Millisecond {
			b.drawn = now
			fmt.Fprint(b.out, "\r", b, clearToEnd)
		}
	}
	return n, err
}

const clearToEnd = "\x1b[K"

// String is the bar, or of an input of unknown size how much of it was read.
func (b *Bar) String() string {
	const width = 40
	if b.size <= 0 {
		return fmt.Sprintf("%.1f MB of %s", float64(b.read)/1e6, b.name)
	}
	read := min(b.read, b.size)
	full := int(read * width / b.size)
	return fmt.Sprintf("[%s%s] %3d %% of %s", strings.Repeat("=", full), strings.Repeat(" ", width-full), read*100/b.size, b.name)
}

// Done clears the bar away.
func (b *Bar) Done() {
	if b.out != nil {
		fmt.Fprint(b.out, "\r", clearToEnd)
	}
}

// long is the size from which a file of a folder has a bar.
const long = 16 << 20

// Files is a folder whose long files are drawn while they are read.
func Files(folder fs.FS, out io.Writer) fs.FS {
	if !isTerminal(out) {
		return folder
	}
	return drawn{folder, out}
}

type drawn struct {
	fs.FS
	out io.Writer
}

func (d drawn) Open(name string) (fs.File, error) {
	f, err := d.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || info.IsDir() || info.Size() < long {
		return f, nil
	}
	return &drawnFile{f, NewBar(f, name, info.Size(), d.out)}, nil
}

type drawnFile struct {
	fs.File
	bar *Bar
}

func (f *drawnFile) Read(p []byte) (int, error) { return f.bar.Read(p) }

func (f *drawnFile) Close() error {
	f.bar.Done()
	return f.File.Close()
}
