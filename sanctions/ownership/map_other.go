//go:build !unix

package ownership

import "os"

// mapFile reads a file into memory where mapping it is not to be had.
func mapFile(path string) ([]byte, func() error, error) {
	data, err := os.ReadFile(path)
	return data, func() error { return nil }, err
}
