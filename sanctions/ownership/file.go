package ownership

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"unsafe"

	"github.com/sanctionrisk/exposure/internal/mapfile"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/registers"
)

// A graph file is a header line of JSON, padded to a page, and then the arrays of
// a Graph one after another as they lie in memory, so that opening it is mapping
// it: numbers of 4 and 8 bytes, little-endian. The header says what stands where
// and carries the SHA-256 of everything after it, and its own.
const (
	fileMagic  = "exposure-ownership-graph"
	fileFormat = 1
	filePage   = 1 << 16
)

type fileHeader struct {
	Magic    string                 `json:"magic"`
	Format   int                    `json:"format"`
	Parties  int                    `json:"parties"`
	Sections map[string]fileSection `json:"sections"`
	SHA256   string                 `json:"sha256"` // of the bytes after the header
	Length   int64                  `json:"length"` // of the file
}

type fileSection struct {
	At    int64 `json:"at"`
	Bytes int64 `json:"bytes"`
}

// Mapped is a graph that lies in a file. The file is mapped into memory, read
// only, and shared by all processes that open it; what a question does not touch
// is never read. It is safe for concurrent use. After Close the graph, and what
// was solved on it, must not be used.
type Mapped struct {
	*Graph
	header fileHeader
	data   []byte
	unmap  func() error
}

// FileOption changes how a graph file is opened.
type FileOption func(*fileOptions)

type fileOptions struct{ unverified bool }

// Unverified opens a file without reading all of it, in milliseconds however large it
// is: for a process that opens what another has verified, and that nobody writes to.
// A damaged file may then answer wrongly, or not at all.
func Unverified() FileOption { return func(o *fileOptions) { o.unverified = true } }

// OpenFile opens a graph file that [BuildFile] wrote. It holds every byte to the
// SHA-256 that the file was written with, at a gigabyte a second and more, unless
// told that this was done already; see [Unverified].
func OpenFile(path string, opts ...FileOption) (*Mapped, error) {
	var o fileOptions
	for _, opt := range opts {
		opt(&o)
	}
	fault := func(err error) error { return &sanctions.Fault{Source: sanctions.Source{File: path}, Err: err} }
	data, unmap, err := mapfile.Map(path)
	if err != nil {
		return nil, fault(err)
	}
	m := &Mapped{data: data, unmap: unmap}
	err = m.open()
	if err == nil && !o.unverified {
		err = m.Verify()
	}
	if err != nil {
		return nil, errors.Join(fault(err), unmap())
	}
	return m, nil
}

// Close unmaps the file.
func (m *Mapped) Close() error {
	m.Graph, m.data = nil, nil
	return m.unmap()
}

// Verify reads the whole file and reports whether it is what was written.
func (m *Mapped) Verify() error {
	sum := sha256.Sum256(m.data[filePage:])
	if fmt.Sprintf("%x", sum) != m.header.SHA256 {
		return errors.New("the graph file is damaged: its SHA-256 is not the one it was written with")
	}
	return nil
}

var errNotAGraph = errors.New("this is no graph file of this version; build it again")

func (m *Mapped) open() error {
	if len(m.data) < filePage || binary.NativeEndian.Uint16([]byte{1, 0}) != 1 {
		return errNotAGraph
	}
	line, rest, _ := bytes.Cut(m.data[:filePage], []byte("\n"))
	sum, _, _ := bytes.Cut(rest, []byte("\n"))
	if got := fmt.Sprintf("%x", sha256.Sum256(line)); got != string(sum) {
		return errNotAGraph
	}
	if err := json.Unmarshal(line, &m.header); err != nil || m.header.Magic != fileMagic || m.header.Format != fileFormat {
		return errNotAGraph
	}
	if m.header.Length != int64(len(m.data)) {
		return fmt.Errorf("the graph file has %d bytes where %d were written: it is truncated", len(m.data), m.header.Length)
	}
	g := &Graph{ids: &idTable{text: m.section("ids.text"), ends: mapped[uint64](m.section("ids.ends")), sorted: mapped[uint32](m.section("ids.sorted"))}}
	for i := range g.layers {
		l := &g.layers[i]
		for name, at := range l.arrays() {
			*at = mapped[uint32](m.section(fmt.Sprintf("layer%d.%s", i, name)))
		}
		l.rows = mapped[row](m.section(fmt.Sprintf("layer%d.rows", i)))
		if !l.fits(m.header.Parties) {
			return errNotAGraph
		}
		for _, set := range []struct {
			name string
			into *nodeSet
		}{{"treasury", &g.treasury[i]}, {"crowded", &g.crowded[i]}} {
			for _, n := range mapped[uint32](m.section(fmt.Sprintf("layer%d.%s", i, set.name))) {
				if int(n) >= m.header.Parties {
					return errNotAGraph
				}
				set.into.add(n, m.header.Parties)
			}
		}
	}
	if len(g.ids.ends) != m.header.Parties || len(g.ids.sorted) != m.header.Parties {
		return errNotAGraph
	}
	var tables fileTables
	if err := json.Unmarshal(m.section("tables"), &tables); err != nil {
		return errNotAGraph
	}
	m.Graph = g
	return tables.into(g)
}

func (m *Mapped) section(name string) []byte {
	s := m.header.Sections[name]
	if s.At < 0 || s.Bytes < 0 || s.At+s.Bytes > int64(len(m.data)) {
		return nil
	}
	return m.data[s.At : s.At+s.Bytes : s.At+s.Bytes]
}

// arrays names the arrays of a layer that a file holds.
func (l *layer) arrays() iter.Seq2[string, *[]uint32] {
	return func(yield func(string, *[]uint32) bool) {
		_ = yield("out", &l.out) && yield("to", &l.to) && yield("share", &l.share) && yield("when", &l.when) &&
			yield("in", &l.in) && yield("back", &l.back)
	}
}

// fits reports whether the arrays of a layer belong together.
func (l *layer) fits(parties int) bool {
	n := len(l.to)
	return len(l.out) == parties+1 && len(l.in) == parties+1 && int(l.out[parties]) == n && int(l.in[parties]) == n &&
		len(l.share) == n && len(l.back) == n && (l.when == nil || len(l.when) == n) && (l.rows == nil || len(l.rows) == n)
}

// mapped looks at bytes of a file as the numbers that they are. Sections start at
// multiples of 8.
func mapped[T any](b []byte) []T {
	var t T
	if len(b) == 0 {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), len(b)/int(unsafe.Sizeof(t)))
}

// raw is the other way about.
func raw[T any](v []T) []byte {
	var t T
	if len(v) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(v))), len(v)*int(unsafe.Sizeof(t)))
}

// fileTables are the small parts of a graph.
type fileTables struct {
	Ranges    [][4]int64                      `json:"ranges"`
	Periods   []sanctions.Period              `json:"periods"`
	Texts     []string                        `json:"texts"`
	Published map[uint32]sanctions.Date       `json:"published,omitempty"`
	Names     map[uint32]string               `json:"names,omitempty"`
	Details   map[uint32]*registers.Described `json:"details,omitempty"`
	Unnamed   map[uint32][]gapRow             `json:"unnamed,omitempty"`
}

type gapRow struct {
	Owned  string           `json:"owned"`
	Stated string           `json:"stated"`
	Period sanctions.Period `json:"period"`
	Source sanctions.Source `json:"source"`
}

func tablesOf(g *Graph) fileTables {
	t := fileTables{Periods: g.periods, Texts: g.texts, Published: g.published, Details: g.details, Names: make(map[uint32]string), Unnamed: make(map[uint32][]gapRow)}
	bit := map[bool]int64{true: 1}
	for _, r := range g.ranges {
		t.Ranges = append(t.Ranges, [4]int64{int64(r.Low), int64(r.High), bit[r.LowOpen], bit[r.HighOpen]})
	}
	for n, name := range g.names {
		if name != "" {
			t.Names[uint32(n)] = name
		}
	}
	for n, list := range g.unnamed {
		for _, in := range list {
			t.Unnamed[n] = append(t.Unnamed[n], gapRow{in.OwnedID, in.Stated, in.Period, in.Source})
		}
	}
	return t
}

func (t *fileTables) into(g *Graph) error {
	for _, r := range t.Ranges {
		g.ranges = append(g.ranges, sanctions.ShareRange{Low: sanctions.Share(r[0]), High: sanctions.Share(r[1]), LowOpen: r[2] != 0, HighOpen: r[3] != 0})
	}
	g.periods, g.texts, g.published = t.Periods, t.Texts, t.Published
	if len(t.Names) > 0 {
		g.names = make([]string, g.Len())
	}
	for n, name := range t.Names {
		if int(n) >= g.Len() {
			return errNotAGraph
		}
		g.names[n] = name
	}
	g.details = t.Details
	g.unnamed = make(map[uint32][]registers.Interest)
	for n, list := range t.Unnamed {
		for _, r := range list {
			g.unnamed[n] = append(g.unnamed[n], registers.Interest{OwnedID: r.Owned, Share: sanctions.UnknownShare, Stated: r.Stated, Period: r.Period, Source: r.Source})
		}
	}
	return nil
}
