package ownership

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"unsafe"

	"github.com/sanctionrisk/exposure/sanctions"
)

// BuildFile writes a graph file from streams of interests that need not fit
// memory. Interests go to temporary files beside it, one for each stretch of 2^20
// owners; each is sorted by itself, written out, and its interests passed on to
// files by owned party, from which the way back is written. In memory stay the
// ids of the parties (some 40 bytes each) and one such file at a time.
//
// On any fault, all of which are reported, no file is left. The file's bytes are
// the same for the same streams in the same order.
func BuildFile(path string, streams ...iter.Seq2[Interest, error]) (err error) {
	dir, err := os.MkdirTemp(filepath.Dir(path), "graph-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	b := NewBuilder()
	spill := &spiller{dir: dir}
	b.spill = spill
	var errs []error
	for _, s := range streams {
		errs = append(errs, b.ReadFrom(s))
	}
	if err := sanctions.JoinFaults(errs); err != nil {
		return errors.Join(err, spill.close())
	}
	if err := spill.flush(); err != nil {
		return errors.Join(err, spill.close())
	}
	out := filepath.Join(dir, "graph")
	if err := b.write(out, spill); err != nil {
		return errors.Join(err, spill.close())
	}
	return errors.Join(spill.close(), os.Rename(out, path))
}

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

// graphWriter writes sections one after another, some of them side by side
// through files of their own.
type graphWriter struct {
	f        *os.File
	w        *bufio.Writer
	sum      hash.Hash
	at       int64
	sections map[string]fileSection
}

func (w *graphWriter) write(name string, parts ...[]byte) error {
	s := fileSection{At: w.at}
	for _, p := range parts {
		if _, err := w.w.Write(p); err != nil {
			return err
		}
		s.Bytes += int64(len(p))
	}
	pad := make([]byte, -s.Bytes&7)
	if _, err := w.w.Write(pad); err != nil {
		return err
	}
	w.at += s.Bytes + int64(len(pad))
	w.sections[name] = s
	return nil
}

// copyFrom writes a section that was gathered in a temporary file.
func (w *graphWriter) copyFrom(name string, f *spillFile) error {
	if err := f.w.Flush(); err != nil {
		return err
	}
	if _, err := f.f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	n, err := io.Copy(w.w, f.f)
	if err != nil {
		return err
	}
	pad := make([]byte, -n&7)
	_, err = w.w.Write(pad)
	w.sections[name] = fileSection{At: w.at, Bytes: n}
	w.at += n + int64(len(pad))
	return err
}

// write makes the graph file from what was spilled.
func (b *Builder) write(path string, s *spiller) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Seek(filePage, io.SeekStart); err != nil {
		return err
	}
	sum := sha256.New()
	w := &graphWriter{f: f, w: bufio.NewWriterSize(io.MultiWriter(f, sum), 1<<20), sum: sum, at: filePage, sections: make(map[string]fileSection)}
	g := b.Graph() // the small parts; its layers are empty
	for i := range layerCount {
		if err := w.layer(g, i, s); err != nil {
			return err
		}
	}
	for _, part := range []struct {
		name string
		data []byte
	}{{"ids.text", g.ids.text}, {"ids.ends", raw(g.ids.ends)}, {"ids.sorted", raw(g.sorted())}} {
		if err := w.write(part.name, part.data); err != nil {
			return err
		}
	}
	tables, err := json.Marshal(tablesOf(g))
	if err != nil {
		return err
	}
	if err := w.write("tables", tables); err != nil {
		return err
	}
	return w.finish(g.Len())
}

// layer writes one layer: forwards from the files by owner, and then back.
func (w *graphWriter) layer(g *Graph, i int, s *spiller) (err error) {
	name := func(part string) string { return fmt.Sprintf("layer%d.%s", i, part) }
	back := &spiller{dir: s.dir}
	var out []*spillFile // the columns, and after them the files by owned party
	defer func() { err = errors.Join(err, closeAll(out), closeAll(back.files[0])) }()
	columns := []string{"to", "share", "when", "rows"}
	for range columns {
		if _, err := s.file(&out, fmt.Sprintf("column%d", i), len(out)); err != nil {
			return err
		}
	}
	starts := make([]uint32, g.Len()+1)
	treasury := make(map[uint32]bool)
	var given []sanctions.Share // of each party, by all statements
	if i != control {
		given = make([]sanctions.Share, g.Len())
	}
	edge := uint32(0)
	for _, f := range s.files[i] {
		records, err := load[record](f)
		if err != nil {
			return err
		}
		slices.SortFunc(records, g.compareRecords)
		for k := range records {
			r := &records[k]
			starts[r.owner+1]++
			if r.owner == r.owned {
				treasury[r.owned] = true
			}
			if given != nil {
				given[r.owned] += g.rangeOf(r.share).Low
			}
			_, _ = out[0].w.Write(raw(unsafe.Slice(&r.owned, 1))) // a bufio.Writer keeps its error
			_, _ = out[1].w.Write(raw(unsafe.Slice(&r.share, 1)))
			if s.dated[i] {
				_, _ = out[2].w.Write(raw(unsafe.Slice(&r.when, 1)))
			}
			if s.known[i] {
				_, _ = out[3].w.Write(raw(unsafe.Slice(&r.row, 1)))
			}
			b, err := s.file(&back.files[0], fmt.Sprintf("owned%d", i), int(r.owned>>spillBits))
			if err != nil {
				return err
			}
			b.rows++
			_, _ = b.w.Write(raw([]backRecord{{r.owned, edge}}))
			edge++
		}
	}
	for n := range g.Len() {
		starts[n+1] += starts[n]
	}
	if err := w.write(name("out"), raw(starts)); err != nil {
		return err
	}
	for c, column := range columns {
		if err := w.copyFrom(name(column), out[c]); err != nil {
			return err
		}
	}
	if err := flush(back.files[0]); err != nil {
		return err
	}
	clear(starts)
	from := fileSection{At: w.at}
	for _, f := range back.files[0] {
		records, err := load[backRecord](f)
		if err != nil {
			return err
		}
		slices.SortFunc(records, func(a, b backRecord) int {
			return cmp.Or(cmp.Compare(a.owned, b.owned), cmp.Compare(a.edge, b.edge))
		})
		for k := range records {
			starts[records[k].owned+1]++
			if _, err := w.w.Write(raw(unsafe.Slice(&records[k].edge, 1))); err != nil {
				return err
			}
		}
		from.Bytes += 4 * int64(len(records))
	}
	pad := make([]byte, -from.Bytes&7)
	if _, err := w.w.Write(pad); err != nil {
		return err
	}
	w.at += from.Bytes + int64(len(pad))
	w.sections[name("back")] = from
	for n := range g.Len() {
		starts[n+1] += starts[n]
	}
	own := make([]uint32, 0, len(treasury))
	for n := range treasury {
		own = append(own, n)
	}
	slices.Sort(own)
	var crowded []uint32
	for n, total := range given {
		if total > sanctions.Whole {
			crowded = append(crowded, uint32(n))
		}
	}
	return errors.Join(w.write(name("in"), raw(starts)), w.write(name("treasury"), raw(own)), w.write(name("crowded"), raw(crowded)))
}

type backRecord struct{ owned, edge uint32 }

func closeAll(files []*spillFile) error {
	var errs []error
	for _, f := range files {
		errs = append(errs, f.f.Close())
	}
	return errors.Join(errs...)
}

// finish writes the header in front.
func (w *graphWriter) finish(parties int) error {
	if err := w.w.Flush(); err != nil {
		return err
	}
	line, err := json.Marshal(fileHeader{Magic: fileMagic, Format: fileFormat, Parties: parties, Sections: w.sections,
		SHA256: fmt.Sprintf("%x", w.sum.Sum(nil)), Length: w.at})
	if err != nil {
		return err
	}
	head := fmt.Appendf(nil, "%s\n%x\n", line, sha256.Sum256(line))
	if len(head) > filePage {
		return errors.New("the header outgrew its page")
	}
	if _, err := w.f.WriteAt(append(head, make([]byte, filePage-len(head))...), 0); err != nil {
		return err
	}
	return w.f.Sync()
}
