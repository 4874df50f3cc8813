//go:build !unix

package match

import "os"

// Map reads a file into memory for [Open]. On this system it is not shared with
// other processes.
func Map(path string) (data []byte, unmap func() error, err error) {
	data, err = os.ReadFile(path)
	return data, func() error { return nil }, err
}
