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
	"maps"
	"os"
	"path/filepath"
	"slices"
	"unsafe"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// BuildFile writes a graph file from streams of interests that need not fit
// memory. Interests go to temporary files beside it, one for each stretch of 2^20
// owners; each is sorted by itself, written out, and its interests passed on to
// files by owned party, from which the way back is written. In memory stay the
// ids of the parties (some 40 bytes each) and one such file at a time.
//
// On any fault, all of which are reported, no file is left. The file's bytes are
// the same for the same streams in the same order.
func BuildFile(path string, streams ...iter.Seq2[registers.Interest, error]) (err error) {
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
	return w.end(name, s)
}

// end notes a section whose bytes are written, and fills up to the next multiple of eight.
func (w *graphWriter) end(name string, s fileSection) error {
	pad := make([]byte, -s.Bytes&7)
	_, err := w.w.Write(pad)
	w.at += s.Bytes + int64(len(pad))
	w.sections[name] = s
	return err
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
	return w.end(name, fileSection{At: w.at, Bytes: n})
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
	l := &layerWriter{graphWriter: w, g: g, number: i, from: s, back: &spiller{dir: s.dir},
		starts: make([]uint32, g.Len()+1), treasury: make(map[uint32]bool)}
	defer func() { err = errors.Join(err, closeAll(l.columns), closeAll(l.back.files[0])) }()
	if i != control {
		l.given = make([]sanctions.Share, g.Len())
	}
	if err := l.forwards(); err != nil {
		return err
	}
	if err := l.backwards(); err != nil {
		return err
	}
	var crowded []uint32
	for n, total := range l.given {
		if total > sanctions.Whole {
			crowded = append(crowded, uint32(n))
		}
	}
	own := slices.Sorted(maps.Keys(l.treasury))
	return errors.Join(w.write(l.name("treasury"), raw(own)), w.write(l.name("crowded"), raw(crowded)))
}

// layerWriter is a layer on its way into the file.
type layerWriter struct {
	*graphWriter
	g      *Graph
	number int
	from   *spiller // the interests by owner
	back   *spiller // their places by owned party, once the way forwards is written

	columns  []*spillFile
	starts   []uint32
	treasury map[uint32]bool   // parties that own of themselves
	given    []sanctions.Share // of each party, by all statements; nil for control
}

// The columns of a layer, each a section.
const (
	columnTo = iota
	columnShare
	columnWhen
	columnRows
)

var columnNames = [...]string{"to", "share", "when", "rows"}

func (l *layerWriter) name(part string) string { return fmt.Sprintf("layer%d.%s", l.number, part) }

// forwards writes the interests by owner, and leaves for each party how many it has.
func (l *layerWriter) forwards() error {
	for c := range columnNames {
		if _, err := l.from.file(&l.columns, fmt.Sprintf("column%d", l.number), c); err != nil {
			return err
		}
	}
	edge := uint32(0)
	for _, f := range l.from.files[l.number] {
		records, err := load[record](f)
		if err != nil {
			return err
		}
		slices.SortFunc(records, l.g.compareRecords)
		for k := range records {
			if err := l.put(&records[k], edge); err != nil {
				return err
			}
			edge++
		}
	}
	if err := l.write(l.name("out"), raw(l.ends())); err != nil {
		return err
	}
	for c, name := range columnNames {
		if err := l.copyFrom(l.name(name), l.columns[c]); err != nil {
			return err
		}
	}
	return nil
}

// put writes one interest, and notes the way back to it.
func (l *layerWriter) put(r *record, edge uint32) error {
	l.starts[r.owner+1]++
	if r.owner == r.owned {
		l.treasury[r.owned] = true
	}
	if l.given != nil {
		l.given[r.owned] += l.g.rangeOf(r.share).Low
	}
	column := func(c int, b []byte) { _, _ = l.columns[c].w.Write(b) } // a bufio.Writer keeps its error
	column(columnTo, raw(unsafe.Slice(&r.owned, 1)))
	column(columnShare, raw(unsafe.Slice(&r.share, 1)))
	if l.from.dated[l.number] {
		column(columnWhen, raw(unsafe.Slice(&r.when, 1)))
	}
	if l.from.known[l.number] {
		column(columnRows, raw(unsafe.Slice(&r.row, 1)))
	}
	back, err := l.back.file(&l.back.files[0], fmt.Sprintf("owned%d", l.number), int(r.owned>>spillBits))
	if err != nil {
		return err
	}
	back.rows++
	_, _ = back.w.Write(raw([]backRecord{{r.owned, edge}}))
	return nil
}

// backwards writes, by owned party, where the interests in it stand.
func (l *layerWriter) backwards() error {
	if err := flush(l.back.files[0]); err != nil {
		return err
	}
	clear(l.starts)
	section := fileSection{At: l.at}
	for _, f := range l.back.files[0] {
		records, err := load[backRecord](f)
		if err != nil {
			return err
		}
		slices.SortFunc(records, func(a, b backRecord) int {
			return cmp.Or(cmp.Compare(a.owned, b.owned), cmp.Compare(a.edge, b.edge))
		})
		for k := range records {
			l.starts[records[k].owned+1]++
			if _, err := l.w.Write(raw(unsafe.Slice(&records[k].edge, 1))); err != nil {
				return err
			}
		}
		section.Bytes += 4 * int64(len(records))
	}
	if err := l.end(l.name("back"), section); err != nil {
		return err
	}
	return l.write(l.name("in"), raw(l.ends()))
}

// ends makes of how many interests each party has where they end.
func (l *layerWriter) ends() []uint32 {
	for n := range l.g.Len() {
		l.starts[n+1] += l.starts[n]
	}
	return l.starts
}

type backRecord struct{ owned, edge uint32 }

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
