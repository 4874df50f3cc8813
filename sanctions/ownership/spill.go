package ownership

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"unsafe"
)

// record is an interest on its way through a temporary file.
type record struct {
	owner, owned, share, when uint32
	row                       row
}

const spillBits = 20 // parties of one temporary file: 2^20

// spiller spreads records over temporary files by a party's number.
type spiller struct {
	dir   string
	files [layerCount][]*spillFile
	dated [layerCount]bool
	known [layerCount]bool // something is known of where an interest was read
}

type spillFile struct {
	f    *os.File
	w    *bufio.Writer
	rows int
}

func (s *spiller) add(layer int, r *record) error {
	s.dated[layer] = s.dated[layer] || r.when != 0
	s.known[layer] = s.known[layer] || r.row != row{kind: usualKind[layer]}
	f, err := s.file(&s.files[layer], fmt.Sprintf("owner%d", layer), int(r.owner>>spillBits))
	if err != nil {
		return err
	}
	f.rows++
	_, err = f.w.Write(raw(unsafe.Slice(r, 1)))
	return err
}

// file returns the i-th of some temporary files, making it and those before it.
func (s *spiller) file(files *[]*spillFile, name string, i int) (*spillFile, error) {
	for len(*files) <= i {
		f, err := os.Create(filepath.Join(s.dir, fmt.Sprintf("%s-%d", name, len(*files))))
		if err != nil {
			return nil, err
		}
		*files = append(*files, &spillFile{f: f, w: bufio.NewWriterSize(f, 1<<16)})
	}
	return (*files)[i], nil
}

func (s *spiller) flush() error {
	var errs []error
	for i := range s.files {
		errs = append(errs, flush(s.files[i]))
	}
	return errors.Join(errs...)
}

func flush(files []*spillFile) error {
	for _, f := range files {
		if err := f.w.Flush(); err != nil {
			return err
		}
	}
	return nil
}

func (s *spiller) close() error {
	var errs []error
	for i := range s.files {
		for _, f := range s.files[i] {
			errs = append(errs, f.f.Close())
		}
		s.files[i] = nil
	}
	return errors.Join(errs...)
}

// load reads a temporary file back.
func load[T any](f *spillFile) ([]T, error) {
	out := make([]T, f.rows)
	if _, err := f.f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	_, err := io.ReadFull(f.f, raw(out))
	return out, err
}

func closeAll(files []*spillFile) error {
	var errs []error
	for _, f := range files {
		errs = append(errs, f.f.Close())
	}
	return errors.Join(errs...)
}
