package match

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"sync/atomic"
	"unsafe"

	"github.com/sanctionrisk/exposure/internal/mapfile"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// Index files
//
// A file holds the arrays of an index as they lie in memory, each at a multiple
// of a line of the processor's memory, after a header. It is made for one snapshot, one version of this
// package and of the tables of package names, and one byte order, and is refused
// by any other. The parties themselves are not in it.

// ErrOtherSnapshot, ErrOtherVersion and ErrCorrupt are why [Open] refuses a file.
// Making the index anew is the remedy for each.
var (
	ErrOtherSnapshot = errors.New("the index was made of another snapshot")
	ErrOtherVersion  = errors.New("the index was made by another version of the library or on a machine of another byte order")
	ErrCorrupt       = errors.New("the index file is damaged or cut off")
)

// fileVersion rises with every change of the layout, of normalisation or of
// what is indexed. Changes of the tables of names show by their own digest.
const fileVersion = 23

// header begins a file. Its fields are of fixed size and leave no gaps, and it is as long as
// the arrays are apart.
type header struct {
	Magic    [8]byte
	Order    uint32 // 1 in the byte order of the writer
	Version  uint32
	Tables   [32]byte // names.TablesDigest
	Snapshot [32]byte // digest of what was indexed
	Counts   [sections]uint64
	Shifts   [3]uint8 // of the tables near, wholes and codes
	Widths   [3]uint8
	Sorts    uint8 // of names, see sorts
	_        uint8
	Sum      uint32 // see seal
	_        [11]uint32
}

var magic = [8]byte{'e', 'x', 'p', 'o', 'm', 't', 'c', 'h'}

// The sections, in order.
const (
	sectionEntries = iota
	sectionRanks
	sectionSeats
	sectionListed
	sectionWords
	sectionPlaces
	sectionRanked
	sectionBurdens
	sectionNearFirst
	sectionNearCells
	sectionWholesFirst
	sectionWholesCells
	sectionCodesFirst
	sectionCodesCells
	sectionLetters
	sections
)

// sorts are those of the names that an index holds.
func (v *vocabulary) sorts() [3]*bool { return [3]*bool{&v.foreign, &v.persons, &v.maybe} }

const align = 64

// WriteTo writes the index for [Open]. It implements io.WriterTo.
func (x *Index) WriteTo(w io.Writer) (int64, error) {
	v := &x.vocabulary
	parts := [sections][]byte{
		sectionEntries: raw(v.entries), sectionRanks: raw(v.ranks), sectionSeats: raw(v.seats), sectionListed: raw(x.listed), sectionWords: raw(x.words), sectionPlaces: raw(x.places), sectionRanked: raw(x.ranked), sectionBurdens: raw(x.burdens),
		sectionNearFirst: raw(v.near.first), sectionNearCells: raw(v.near.cells),
		sectionWholesFirst: raw(x.wholes.first), sectionWholesCells: raw(x.wholes.cells),
		sectionCodesFirst: raw(x.codes.first), sectionCodesCells: raw(x.codes.cells),
		sectionLetters: []byte(v.letters),
	}
	h := header{Magic: magic, Order: 1, Version: fileVersion, Tables: names.TablesDigest(), Snapshot: digest(x.snapshot),
		Shifts: [3]uint8{v.near.shift, x.wholes.shift, x.codes.shift}, Widths: [3]uint8{v.near.width, x.wholes.width, x.codes.width}}
	for i, is := range v.sorts() {
		if *is {
			h.Sorts |= 1 << i
		}
	}
	var padding [align]byte
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	for i, part := range parts {
		h.Counts[i] = uint64(len(part))
		sum.Write(part)
		sum.Write(padding[:pad(len(part))])
	}
	h.Sum = seal(h, sum.Sum32())
	var written int64
	for _, part := range append([][]byte{raw([]header{h})}, parts[:]...) {
		for _, p := range [2][]byte{part, padding[:pad(len(part))]} {
			n, err := w.Write(p)
			written += int64(n)
			if err != nil {
				return written, err
			}
		}
	}
	return written, nil
}

// Open makes an index of what [Index.WriteTo] wrote for this snapshot, without
// copying it: data, mapped from a file perhaps (see [Map]), must stay as it is for
// as long as the index is used. Many processes can so share one index. The error is
// ErrOtherSnapshot, ErrOtherVersion or ErrCorrupt, wrapped with the details.
func Open(data []byte, snapshot *sanctions.Snapshot, opts ...Option) (*Index, error) {
	size := int(unsafe.Sizeof(header{}))
	if len(data) < size || !bytes.Equal(data[:len(magic)], magic[:]) {
		return nil, fmt.Errorf("%w: it does not begin as one", ErrCorrupt)
	}
	if uintptr(unsafe.Pointer(unsafe.SliceData(data)))%unsafe.Alignof(entry{}) != 0 {
		data = append(make([]byte, 0, len(data)), data...)
	}
	h := view[header](data[:size])[0]
	switch {
	case h.Order != 1 || h.Version != fileVersion:
		return nil, fmt.Errorf("%w: version %d, want %d", ErrOtherVersion, h.Version, fileVersion)
	case h.Tables != names.TablesDigest():
		return nil, fmt.Errorf("%w: the tables of names differ", ErrOtherVersion)
	}
	rest := data[size:]
	if seal(h, crc32.Checksum(rest, crc32.MakeTable(crc32.Castagnoli))) != h.Sum {
		return nil, fmt.Errorf("%w: the checksum is wrong", ErrCorrupt)
	}
	if d := digest(snapshot); h.Snapshot != d {
		return nil, fmt.Errorf("%w: %x, this one is %x", ErrOtherSnapshot, h.Snapshot[:8], d[:8])
	}
	var parts [sections][]byte
	for i, n := range h.Counts {
		if n > uint64(len(rest)) || int(n)+pad(int(n)) > len(rest) {
			return nil, fmt.Errorf("%w: section %d is cut off", ErrCorrupt, i)
		}
		parts[i], rest = rest[:n:n], rest[int(n)+pad(int(n)):]
	}
	table := func(i, first, cells int) table {
		return table{shift: h.Shifts[i], width: h.Widths[i], first: view[uint32](parts[first]), cells: view[uint32](parts[cells])}
	}
	x := newIndex(snapshot, opts)
	x.vocabulary = vocabulary{
		letters: unsafe.String(unsafe.SliceData(parts[sectionLetters]), len(parts[sectionLetters])),
		entries: view[entry](parts[sectionEntries]),
		near:    table(0, sectionNearFirst, sectionNearCells),
		ranks:   view[uint32](parts[sectionRanks]), seats: view[uint32](parts[sectionSeats]),
	}
	for i, is := range x.vocabulary.sorts() {
		*is = h.Sorts>>i&1 != 0
	}
	x.vocabulary.trace()
	x.leads = make([]atomic.Pointer[leads], len(x.vocabulary.entries))
	x.listed, x.words = view[listed](parts[sectionListed]), view[uint32](parts[sectionWords])
	x.places = view[place](parts[sectionPlaces])
	x.ranked, x.burdens = view[uint32](parts[sectionRanked]), view[uint16](parts[sectionBurdens])
	x.wholes, x.codes = table(1, sectionWholesFirst, sectionWholesCells), table(2, sectionCodesFirst, sectionCodesCells)
	return x, nil
}

// seal is the CRC-32C of all that follows the header and then of the header with no
// Sum.
func seal(h header, rest uint32) uint32 {
	h.Sum = 0
	return crc32.Update(rest, crc32.MakeTable(crc32.Castagnoli), raw([]header{h}))
}

func pad(n int) int { return -n & (align - 1) }

// raw is the memory of a slice whose elements hold no pointers.
func raw[T any](s []T) []byte {
	var element T
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), len(s)*int(unsafe.Sizeof(element)))
}

// view is the reverse of raw. What is left over of data is dropped.
func view[T any](data []byte) []T {
	var element T
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(data))), len(data)/int(unsafe.Sizeof(element)))
}

// digest is the SHA-256 of what is indexed of a snapshot: for each party its id,
// kind, names, identifiers and countries, in order.
func digest(s *sanctions.Snapshot) [32]byte {
	h := sha256.New()
	var buffer []byte
	for _, p := range s.All() {
		buffer = appendText(buffer[:0], p.ID, string(p.Kind))
		buffer = binary.AppendUvarint(buffer, uint64(len(p.Names)))
		for _, n := range p.Names {
			buffer = appendText(buffer, n.Text)
			buffer = append(buffer, boolByte(n.Weak))
		}
		buffer = binary.AppendUvarint(buffer, uint64(len(p.Identifiers)))
		for _, id := range p.Identifiers {
			buffer = appendText(buffer, string(id.Scheme), id.Value, id.Country)
		}
		buffer = binary.AppendUvarint(buffer, uint64(len(p.Countries)))
		buffer = binary.AppendUvarint(buffer, uint64(len(p.Addresses)))
		eachSeat(p, func(code string) { buffer = appendText(buffer, code) })
		h.Write(buffer) // a hash never fails
	}
	var sum [32]byte
	h.Sum(sum[:0])
	return sum
}

func appendText(dst []byte, texts ...string) []byte {
	for _, text := range texts {
		dst = binary.AppendUvarint(dst, uint64(len(text)))
		dst = append(dst, text...)
	}
	return dst
}

func boolByte(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// Map maps an index file into memory for [Open], read-only and shared with all
// other processes that map it; where a system cannot, it is read. unmap ends that,
// after the last use of the index.
func Map(path string) (data []byte, unmap func() error, err error) {
	if data, unmap, err = mapfile.Map(path); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return data, unmap, nil
}
