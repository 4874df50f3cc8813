//go:build unix

package mapfile

import (
	"fmt"
	"os"
	"syscall"
)

// Map maps a file. The data must not be written to, nor used after unmap. An
// empty file, and one larger than the address space, are errors.
func Map(path string) (data []byte, unmap func() error, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	if size := info.Size(); size == 0 || size != int64(int(size)) {
		return nil, nil, fmt.Errorf("the file is empty, or too large for this machine: %d bytes", size)
	}
	data, err = syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, nil, err
	}
	return data, func() error { return syscall.Munmap(data) }, nil
}
