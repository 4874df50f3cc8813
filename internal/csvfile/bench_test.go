package csvfile_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/gocarina/gocsv"

	"github.com/sanctionrisk/exposure/internal/csvfile"
)

// The bulk shapes: parties and interests of the project, OFAC's primary file.
// Each is decoded by this package, by gocsv as one would use it, and walked
// through by encoding/csv without keeping anything, in one run:
//
//	go test ./internal/csvfile -run '^$' -bench Decode

type partyRow struct {
	ID          string `csv:"party_id"`
	Kind        string `csv:"kind"`
	Name        string `csv:"name"`
	Aliases     string `csv:"aliases"`
	Weak        string `csv:"weak_aliases"`
	Country     string `csv:"country"`
	Identifiers string `csv:"identifiers"`
	Programmes  string `csv:"programmes"`
	Measures    string `csv:"measures"`
	From        string `csv:"listed_from"`
	To          string `csv:"listed_to"`
	Remarks     string `csv:"remarks"`
}

func (*partyRow) Columns() []string {
	return []string{"party_id", "kind", "name", "aliases", "weak_aliases", "country", "identifiers", "programmes", "measures", "listed_from", "listed_to", "remarks"}
}

func (r *partyRow) SetCell(i int, value string) error {
	*[]*string{&r.ID, &r.Kind, &r.Name, &r.Aliases, &r.Weak, &r.Country, &r.Identifiers, &r.Programmes, &r.Measures, &r.From, &r.To, &r.Remarks}[i] = value
	return nil
}

type interestRow struct {
	OwnerID   string `csv:"owner_id"`
	OwnerName string `csv:"owner_name"`
	OwnedID   string `csv:"owned_id"`
	OwnedName string `csv:"owned_name"`
	Kind      string `csv:"kind"`
	Percent   string `csv:"percent"`
	Min       string `csv:"percent_min"`
	Max       string `csv:"percent_max"`
	From      string `csv:"from"`
	To        string `csv:"to"`
	Source    string `csv:"source"`
}

func (*interestRow) Columns() []string {
	return []string{"owner_id", "owner_name", "owned_id", "owned_name", "kind", "percent", "percent_min", "percent_max", "from", "to", "source"}
}

func (r *interestRow) SetCell(i int, value string) error {
	*[]*string{&r.OwnerID, &r.OwnerName, &r.OwnedID, &r.OwnedName, &r.Kind, &r.Percent, &r.Min, &r.Max, &r.From, &r.To, &r.Source}[i] = value
	return nil
}

type ofacRow struct {
	Number   string `csv:"ent_num"`
	Name     string `csv:"SDN_Name"`
	Kind     string `csv:"SDN_Type"`
	Program  string `csv:"Program"`
	Title    string `csv:"Title"`
	CallSign string `csv:"Call_Sign"`
	Vessel   string `csv:"Vess_type"`
	Tonnage  string `csv:"Tonnage"`
	GRT      string `csv:"GRT"`
	Flag     string `csv:"Vess_flag"`
	Owner    string `csv:"Vess_owner"`
	Remarks  string `csv:"Remarks"`
}

func (*ofacRow) Columns() []string {
	return []string{"ent_num", "SDN_Name", "SDN_Type", "Program", "Title", "Call_Sign", "Vess_type", "Tonnage", "GRT", "Vess_flag", "Vess_owner", "Remarks"}
}

func (r *ofacRow) SetCell(i int, value string) error {
	*[]*string{&r.Number, &r.Name, &r.Kind, &r.Program, &r.Title, &r.CallSign, &r.Vessel, &r.Tonnage, &r.GRT, &r.Flag, &r.Owner, &r.Remarks}[i] = value
	return nil
}

const benchRows = 50_000

func partiesFile() []byte {
	var b bytes.Buffer
	b.WriteString("party_id,kind,name,aliases,weak_aliases,country,identifiers,programmes,measures,listed_from,listed_to,remarks\n")
	r := rand.New(rand.NewPCG(1, 1))
	for i := range benchRows {
		fmt.Fprintf(&b, "p-%d,entity,Joint Stock Company Plant %d,Plant %d;АО Завод %d,,RU,inn:%010d;ogrn:%013d,RUSSIA-EO14024,,20%02d-0%d-1%d,,\"builds instruments, spares and tools\"\n",
			i, i, i, i, r.IntN(1e9), r.IntN(1e12), 10+i%15, 1+i%9, i%10)
	}
	return b.Bytes()
}

func interestsFile() []byte {
	var b bytes.Buffer
	b.WriteString("owner_id,owner_name,owned_id,owned_name,kind,percent,percent_min,percent_max,from,to,source\n")
	for i := range benchRows {
		fmt.Fprintf(&b, "owner-%d,Northern Holding %d Limited,owned-%d,Example Trading %d LLC,shares,%d.%02d,,,2019-0%d-01,,register extract %d\n",
			i%977, i%977, i, i, i%100, i%97, 1+i%9, i)
	}
	return b.Bytes()
}

func ofacFile() []byte {
	var b bytes.Buffer
	for i := range benchRows {
		fmt.Fprintf(&b, "%d,\"PLANT NUMBER %d, JSC\",-0- ,\"UKRAINE-EO13662] [RUSSIA-EO14024\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"Secondary sanctions risk: See Section 11 of Executive Order 14024.; Tax ID No. %010d (Russia); a.k.a. 'PN%d'.\"\r\n",
			i+1, i, i*7919, i)
	}
	b.WriteByte(0x1a)
	return b.Bytes()
}

func BenchmarkDecode(b *testing.B) {
	decode[partyRow](b, "parties", partiesFile())
	decode[interestRow](b, "interests", interestsFile())
	decode[ofacRow](b, "ofac", ofacFile(), csvfile.Headerless())
}

func decode[T any, P csvfile.Record[T]](b *testing.B, shape string, file []byte, opts ...csvfile.Option) {
	b.Run(shape+"/csvfile", func(b *testing.B) {
		b.SetBytes(int64(len(file)))
		b.ReportAllocs()
		for b.Loop() {
			n := 0
			for _, err := range csvfile.Rows[T, P](bytes.NewReader(file), "b.csv", opts...) {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
			if n != benchRows {
				b.Fatal(n)
			}
		}
		b.ReportMetric(float64(benchRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run(shape+"/gocsv", func(b *testing.B) {
		b.SetBytes(int64(len(file)))
		b.ReportAllocs()
		body := bytes.TrimSuffix(file, []byte{0x1a})
		for b.Loop() {
			n := 0
			each := func(T) { n++ }
			var err error
			if len(opts) > 0 {
				err = gocsv.UnmarshalToCallback(io.MultiReader(header[T, P](), bytes.NewReader(body)), each)
			} else {
				err = gocsv.UnmarshalToCallback(bytes.NewReader(body), each)
			}
			if err != nil || n != benchRows {
				b.Fatal(n, err)
			}
		}
	})
	b.Run(shape+"/encoding-csv", func(b *testing.B) {
		b.SetBytes(int64(len(file)))
		b.ReportAllocs()
		body := bytes.TrimSuffix(file, []byte{0x1a})
		for b.Loop() {
			r := csv.NewReader(bytes.NewReader(body))
			r.ReuseRecord = true
			for {
				if _, err := r.Read(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

func header[T any, P csvfile.Record[T]]() io.Reader {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(P(new(T)).Columns())
	w.Flush()
	return &b
}

// repeating serves a header and then the same rows over and over, up to a size.
type repeating struct {
	head, rows []byte
	at         int
	left       int64
}

func (r *repeating) Read(p []byte) (int, error) {
	if len(r.head) > 0 {
		n := copy(p, r.head)
		r.head = r.head[n:]
		return n, nil
	}
	if r.left <= 0 && r.at == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.rows[r.at:])
	r.at = (r.at + n) % len(r.rows)
	r.left -= int64(n)
	return n, nil
}

// BenchmarkStreamGigabyte reads a file of 1 GB of interests and reports the
// largest heap in use on the way.
func BenchmarkStreamGigabyte(b *testing.B) {
	file := interestsFile()
	end := bytes.IndexByte(file, '\n') + 1
	const size = 1 << 30
	b.SetBytes(size)
	for b.Loop() {
		var memory runtime.MemStats
		var peak uint64
		n := 0
		for _, err := range csvfile.Rows[interestRow](&repeating{head: file[:end], rows: file[end:], left: size}, "b.csv") {
			if err != nil {
				b.Fatal(err)
			}
			if n++; n%500_000 == 0 {
				runtime.ReadMemStats(&memory)
				peak = max(peak, memory.HeapAlloc)
			}
		}
		b.ReportMetric(float64(peak)/1e6, "peak-MB")
		b.ReportMetric(float64(n)/1e6, "Mrows")
	}
}
