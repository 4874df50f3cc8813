//go:build !unix

package mapfile

import (
	"errors"
	"os"
)

// Map reads a file, which on this system is not shared with other processes. An
// empty file is an error.
func Map(path string) (data []byte, unmap func() error, err error) {
	data, err = os.ReadFile(path)
	if err == nil && len(data) == 0 {
		err = errors.New("the file is empty")
	}
	return data, func() error { return nil }, err
}
