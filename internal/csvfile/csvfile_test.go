package csvfile_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gocarina/gocsv"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

// stake is a row type as the rooms write them.
type stake struct {
	Owner, Owned string
	Percent      int
	HasPercent   bool
}

func (*stake) Columns() []string { return []string{"owner", "owned", "percent"} }

func (s *stake) SetCell(i int, value string) (err error) {
	switch i {
	case 0:
		s.Owner = value
	case 1:
		s.Owned = value
	case 2:
		s.HasPercent = true
		s.Percent, err = strconv.Atoi(value)
		if err != nil {
			err = errors.New("write a whole number")
		}
	}
	return err
}

func read(text string, opts ...csvfile.Option) ([]csvfile.Row[stake], error) {
	return csvfile.ReadAll[stake](strings.NewReader(text), "s.csv", opts...)
}

func TestReadsWhatPublishersWrite(t *testing.T) {
	want := []stake{{"a", "b", 50, true}, {"c", "d", 0, false}}
	for why, text := range map[string]string{
		"plain":                   "owner,owned,percent\na,b,50\nc,d,\n",
		"any column order":        "percent,owned,owner\n50,b,a\n,d,c\n",
		"byte order mark":         "\uFEFFowner,owned,percent\na,b,50\nc,d,\n",
		"quoted header after BOM": "\uFEFF\"owner\",owned,percent\na,b,50\nc,d,\n",
		"CRLF":                    "owner,owned,percent\r\na,b,50\r\nc,d,\r\n",
		"no final newline":        "owner,owned,percent\na,b,50\nc,d,",
		"final 0x1A":              "owner,owned,percent\na,b,50\nc,d,\n\x1a",
		"final 0x1A and newline":  "owner,owned,percent\na,b,50\nc,d,\n\x1a\r\n",
		"spaces round headers":    "owner , owned,percent\na,b,50\nc,d,\n",
		"blank lines":             "owner,owned,percent\n\na,b,50\n\nc,d,\n",
	} {
		rows, err := read(text)
		if assert.NoError(t, err, why) && assert.Len(t, rows, 2, why) {
			assert.Equal(t, want, []stake{rows[0].Value, rows[1].Value}, why)
		}
	}
	rows, err := read("owner,owned\nc,d\n")
	require.NoError(t, err)
	assert.False(t, rows[0].Value.HasPercent, "an absent column is unknown, not zero")
}

// TestPrompt holds that rows are given as they come, and are the same, however the input is
// cut up.
func TestPrompt(t *testing.T) {
	in, give := io.Pipe()
	defer give.Close()
	write := func(s string) {
		_, err := io.WriteString(give, s)
		assert.NoError(t, err)
	}
	go write("owner,owned,percent\nA,B,51\nC,")
	given := 0
	for row, err := range csvfile.Rows[stake](in, "pipe.csv", csvfile.Prompt()) {
		require.NoError(t, err)
		assert.Equal(t, []string{"A", "C", "E"}[given], row.Value.Owner)
		switch given++; given {
		case 1:
			go write("D,49\n")
		case 2:
			go func() { write("E,F,7"); give.Close() }()
		}
	}
	assert.Equal(t, 3, given)
	var whole strings.Builder
	whole.WriteString("owner,owned,percent\n")
	for i := range 3000 {
		fmt.Fprintf(&whole, "O%d,\"P\n%d\",%d\n", i, i, i%101)
	}
	want, err := csvfile.ReadAll[stake](strings.NewReader(whole.String()), "whole.csv")
	require.NoError(t, err)
	for _, cut := range []int{1, 7, 4096} {
		got, err := csvfile.ReadAll[stake](&cutUp{whole.String(), cut}, "whole.csv", csvfile.Prompt())
		require.NoError(t, err)
		require.Len(t, got, len(want))
		for i := range want {
			require.Equal(t, want[i].Value, got[i].Value)
			require.Equal(t, want[i].Source, got[i].Source)
		}
	}
}

// cutUp gives a text in pieces.
type cutUp struct {
	rest string
	size int
}

func (c *cutUp) Read(p []byte) (int, error) {
	if c.rest == "" {
		return 0, io.EOF
	}
	n := copy(p, c.rest[:min(c.size, len(c.rest))])
	c.rest = c.rest[n:]
	return n, nil
}

func TestHeaderless(t *testing.T) {
	rows, err := read("a,b,50\r\n\x1a", csvfile.Headerless())
	require.NoError(t, err)
	require.Len(t, rows, 1, "the first record of a headerless file is not lost")
	assert.Equal(t, stake{"a", "b", 50, true}, rows[0].Value)
	assert.Equal(t, "s.csv:1", rows[0].Source.String())
	rows, err = read("", csvfile.Headerless())
	assert.NoError(t, err)
	assert.Empty(t, rows)
}

func TestEveryFaultHasItsPlace(t *testing.T) {
	for why, c := range map[string]struct {
		text string
		want []string
	}{
		"two bad cells in two rows, after a cell with line breaks": {
			"owner,owned,percent\n\"a\nb\nc\",b,50\na,b,x\nc,d,1e3\n",
			[]string{`s.csv:5:5: percent = "x": write a whole number`, `s.csv:6:5: percent = "1e3": write a whole number`},
		},
		"column counts bytes on the cell's own line": {
			"owner,percent,owned\n\"é\nü\",x,b\n",
			[]string{`s.csv:3:5: percent = "x": write a whole number`},
		},
		"unknown and double columns, all at once": {
			"owner,owner,share\n",
			[]string{`s.csv:1:7: header = "owner": the column stands twice; remove one`,
				`s.csv:1:13: header = "share": unknown column; known are owner, owned, percent`},
		},
		"bad cells below a bad header": {
			"owner,share,percent,owner\na,1,x,b\n",
			[]string{`s.csv:1:7: header = "share": unknown column; known are owner, owned, percent`,
				`s.csv:1:21: header = "owner": the column stands twice; remove one`,
				`s.csv:2:5: percent = "x": write a whole number`},
		},
		"control characters": {
			"owner,owned,percent\na\x00b,c\x1ad,1\ntab\tis,\"a line\nend\",too\x7f\n",
			[]string{"s.csv:2:1: owner = \"a\\x00b\": the cell has the control character 0x00; remove it",
				"s.csv:2:5: owned = \"c\\x1ad\": the cell has the control character 0x1A; remove it",
				"s.csv:4:6: percent = \"too\\x7f\": the cell has the control character 0x7F; remove it"},
		},
		"ragged rows, both ways": {
			"owner,owned\na\nb,c\nd,e,f\n",
			[]string{"s.csv:2: the row has 1 cells where 2 are expected", "s.csv:4: the row has 3 cells where 2 are expected"},
		},
		"stray quote, then reading goes on": {
			"owner,owned,percent\na\"b,c,1\na,b,x\n",
			[]string{`s.csv:2:2: bare " in non-quoted-field in the record that starts on line 2; check its quotes`,
				`s.csv:3:5: percent = "x": write a whole number`},
		},
		"truncated in a quote": {
			"owner,owned,percent\na,b,\"5",
			[]string{`s.csv:2:7: extraneous or missing " in quoted-field in the record that starts on line 2; check its quotes`},
		},
		"not UTF-8": {
			"owner,owned,percent\n\xff,b,1\n",
			[]string{"s.csv:2:1: owner = \"\\xff\": the cell is not UTF-8 text; convert the file"},
		},
		"empty file": {
			"", []string{"s.csv:1: the file is empty; its first line must name columns of owner, owned, percent"},
		},
	} {
		_, err := read(c.text)
		require.Error(t, err, why)
		assert.Equal(t, c.want, strings.Split(err.Error(), "\n"), why)
		assert.Len(t, sanctions.Faults(err), len(c.want), why)
	}
	_, err := read("owner,percent\n", csvfile.Require("owner", "owned"))
	assert.EqualError(t, err, "s.csv:1: the column owned is missing")
}

// Beside the faults stand the rows that could be read, with the places of their cells,
// so that what no cell shows by itself is told with all else; under a bad header none,
// whose empty columns nobody left empty.
func TestRowsBesideFaults(t *testing.T) {
	rows, err := read("percent,owner,owned\n1,a,b\nx,c,d\n\"2\",\"e\nf\",g\n")
	require.ErrorContains(t, err, `s.csv:3:1: percent = "x"`)
	require.Len(t, rows, 2)
	assert.Equal(t, "s.csv:2:5", rows[0].Under("owned").String(), "its own place, after other rows were read")
	assert.Equal(t, "s.csv:5:4", rows[1].Under("owned").String())
	assert.Equal(t, "s.csv:4", rows[1].Under("colour").String(), "of no such column, the row's")
	assert.EqualError(t, rows[0].Fault("owner", "a", "owns %d", 2), `s.csv:2:3: owner = "a": owns 2`)
	for _, header := range []string{"percent,owner,owed\n1,a,b\n", "percent,owner,owner\n1,a,b\n"} {
		rows, err = read(header)
		assert.Error(t, err)
		assert.Empty(t, rows, header)
	}
}

// What is meant by a word that is not known is told where some known word is spelt like it.
func TestKnown(t *testing.T) {
	columns := []string{"owner", "owned", "percent"}
	assert.Equal(t, "is percent meant? known are owner, owned, percent", csvfile.Known("procent", columns))
	assert.Equal(t, "is owned or owner meant? known are owner, owned, percent", csvfile.Known("owne d", columns))
	assert.Equal(t, "known are owner, owned, percent", csvfile.Known("share", columns))
	assert.Equal(t, "none is known", csvfile.Known("share", nil))
	long := make([]string, 300)
	for i := range long {
		long[i] = fmt.Sprintf("rule-of-the-desk-%03d", i)
	}
	assert.Equal(t, "is rule-of-the-desk-017 or rule-of-the-desk-107 or rule-of-the-desk-117 meant? known are 300, such as rule-of-the-desk-000, rule-of-the-desk-001, rule-of-the-desk-002",
		csvfile.Known("rule-of-the-desk-17", long), "of many the nearest only")
	_, err := read("owner;owned;percent\na;b;1\n")
	assert.ErrorContains(t, err, "save the file with commas between cells")
}

// Wherever in a cell a character stands that is no text, it is found; every
// other character is taken.
func TestEveryByteIsLookedAt(t *testing.T) {
	for c := range 256 {
		for at := range 20 {
			cell := strings.Repeat("x", at) + string([]byte{byte(c)}) + strings.Repeat("y", 20-at)
			_, err := read("owner,owned\n" + `"` + strings.ReplaceAll(cell, `"`, `""`) + `"` + ",b\n")
			bad := c < ' ' && c != '\t' && c != '\n' && c != '\r' || c >= 0x7F
			require.Equal(t, bad, err != nil, "byte %#x at %d", c, at)
		}
	}
}

func TestFaultsAreCapped(t *testing.T) {
	_, err := read("owner,owned,percent\n" + strings.Repeat("a,b,x\n", 250))
	assert.Len(t, sanctions.Faults(err), sanctions.MaxFaults)
	assert.True(t, strings.HasSuffix(err.Error(), "and 150 more"))
}

func TestOpenQuoteDoesNotDrawTheFileIntoMemory(t *testing.T) {
	endless := io.MultiReader(strings.NewReader("owner,owned\na,\""), zeros{})
	_, err := csvfile.ReadAll[stake](endless, "s.csv", csvfile.MaxRecord(1<<20))
	assert.ErrorContains(t, err, "a record is longer than 1048576 bytes; a quote may be left open")
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

// A host program owns the package variables of gocsv. Whatever it does with
// them, a file reads the same.
func TestHostSettingsChangeNothing(t *testing.T) {
	const text = "percent,owned,owner\n50,b,a\nx,d,c\n"
	_, want := read(text)
	defer func(tag, sep string) {
		gocsv.TagName, gocsv.TagSeparator = tag, sep
		gocsv.FailIfUnmatchedStructTags, gocsv.FailIfDoubleHeaderNames = false, false
		gocsv.ShouldAlignDuplicateHeadersWithStructFieldOrder = false
		gocsv.SetHeaderNormalizer(func(s string) string { return s })
		gocsv.SetCSVReader(gocsv.DefaultCSVReader)
	}(gocsv.TagName, gocsv.TagSeparator)
	gocsv.TagName, gocsv.TagSeparator = "json", ";"
	gocsv.FailIfUnmatchedStructTags, gocsv.FailIfDoubleHeaderNames = true, true
	gocsv.ShouldAlignDuplicateHeadersWithStructFieldOrder = true
	gocsv.SetHeaderNormalizer(strings.ToUpper)
	gocsv.SetCSVReader(gocsv.LazyCSVReader)
	type fresh struct{ stake } // a type gocsv has not met yet, so that nothing comes from its cache
	_, got := csvfile.ReadAll[fresh](strings.NewReader(text), "s.csv")
	assert.Equal(t, want.Error(), got.Error())
}

// Law: what csv.Writer wrote comes back, cell by cell and in order.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`[a-zé",\n ]{1,6}`)
		n := rapid.IntRange(0, 600).Draw(t, "rows") // more than two batches
		var buf bytes.Buffer
		w := csv.NewWriter(&buf)
		require.NoError(t, w.Write([]string{"owned", "owner"}))
		want := make([]stake, n)
		for i := range want {
			want[i] = stake{Owner: cell.Draw(t, "owner"), Owned: cell.Draw(t, "owned")}
			require.NoError(t, w.Write([]string{want[i].Owned, want[i].Owner}))
		}
		w.Flush()
		i := 0
		for row, err := range csvfile.Rows[stake](&buf, "s.csv") {
			require.NoError(t, err)
			assert.Equal(t, want[i], row.Value)
			i++
		}
		assert.Equal(t, n, i)
	})
}

func FuzzRows(f *testing.F) {
	for _, s := range []string{"owner,owned,percent\na,b,50\n", "\uFEFFowner\n\"x\ny\"\n\x1a", "owner\n\"", "percent\nx\n", "a,a\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for row, err := range csvfile.Rows[stake](bytes.NewReader(data), "f.csv") {
			if err != nil {
				for _, fault := range sanctions.Faults(err) {
					if fault.File != "f.csv" || fault.Line < 1 {
						t.Fatalf("a fault without a place: %v", fault)
					}
				}
			} else if row.Source.Line < 1 {
				t.Fatalf("a row without a place: %v", row)
			}
		}
	})
}

func BenchmarkRows(b *testing.B) {
	var buf bytes.Buffer
	buf.WriteString("owner,owned,percent\n")
	for i := range 100_000 {
		fmt.Fprintf(&buf, "owner-%d with a longer name,\"owned, %d and a few more words\",%d\n", i, i, i%100)
	}
	b.SetBytes(int64(buf.Len()))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range csvfile.Rows[stake](bytes.NewReader(buf.Bytes()), "b.csv") {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

// The reader agrees with encoding/csv: every record of three cells comes out
// cell by cell and from the same line, every other is a fault, and a malformed
// record is a fault in the same place and for the same reason.
func FuzzAgreesWithEncodingCSV(f *testing.F) {
	for _, s := range []string{"a,b,1\n", "\"a\n\"\"b\"\"\",c,2\r\n\r\nd,e,3", " a , \"b,c\" ,4\n", "a,\"b\",5\x1ax\n", "x,y,z,w\na,b,6\n",
		"a\"b,c,1\nd,e,f\n", "\"a\"b,c,d\n1,2,3\n", "a,b,\"c\r\nd\"\r\n\r", "a,b,\"c", "a,b,\"c\n", "a,b,\"\"\n", "\n\n,,\n", "a,b,c\r"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, lazy bool) {
		if strings.HasPrefix(text, "\ufeff") || !utf8.ValidString(text) ||
			strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\r", r) || r == 0x7F }) {
			t.Skip("what only Rows takes away or refuses")
		}
		plain := csv.NewReader(strings.NewReader(text))
		plain.FieldsPerRecord, plain.LazyQuotes = -1, lazy
		opts := []csvfile.Option{csvfile.Headerless()}
		if lazy {
			opts = append(opts, csvfile.LazyQuotes())
		}
		for row, err := range csvfile.Rows[texts](strings.NewReader(text), "f.csv", opts...) {
			want, wantErr := plain.Read()
			if parse, ok := errors.AsType[*csv.ParseError](wantErr); ok {
				fault, ok := errors.AsType[*sanctions.Fault](err)
				if !ok || fault.Line != parse.Line || fault.Column != parse.Column || !errors.Is(err, parse.Err) {
					t.Fatalf("got %v, want %v", err, parse)
				}
				continue
			}
			if wantErr != nil {
				t.Fatalf("a record too many: %v, %v", row, err)
			}
			line, _ := plain.FieldPos(0)
			switch {
			case row.Source.Line != line:
				t.Fatalf("line %d, want %d", row.Source.Line, line)
			case len(want) != 3 && err == nil, len(want) == 3 && (err != nil || texts(want) != row.Value):
				t.Fatalf("line %d: got %q, %v, want %q", line, row.Value, err, want)
			}
		}
		if left, err := plain.Read(); !errors.Is(err, io.EOF) {
			t.Fatalf("lost: %q, %v", left, err)
		}
	})
}

// texts keeps cells as they are.
type texts [3]string

func (*texts) Columns() []string { return []string{"1", "2", "3"} }

func (r *texts) SetCell(i int, value string) error {
	r[i] = value
	return nil
}

func TestPublishedHeaders(t *testing.T) {
	rows, err := read("OWNER;Owned;shoe size;percent\na \"b\" c;d;43;5\n", csvfile.Extra(), csvfile.Comma(';'), csvfile.LazyQuotes(), csvfile.FirstLine(3))
	require.NoError(t, err)
	require.Len(t, rows, 1)
	assert.Equal(t, stake{"a \"b\" c", "d", 5, true}, rows[0].Value, "unknown columns are passed over, case does not count")
	assert.Equal(t, "s.csv:4", rows[0].Source.String(), "lines count from the first of the file")
	_, err = read("owner;percent\na;x\n", csvfile.Extra(), csvfile.Comma(';'), csvfile.FirstLine(3), csvfile.Require("owned"))
	assert.EqualError(t, err, "s.csv:3: the column owned is missing")
	_, err = read("owner;percent\na;x\n", csvfile.Comma(';'), csvfile.FirstLine(3))
	assert.EqualError(t, err, "s.csv:4:3: percent = \"x\": write a whole number")
}

// wide is a row type of more columns than can be numbered.
type wide struct{}

func (*wide) Columns() []string {
	columns := make([]string, 256)
	for i := range columns {
		columns[i] = fmt.Sprint("c", i)
	}
	return columns
}

func (*wide) SetCell(int, string) error { return nil }

func TestTooManyColumns(t *testing.T) {
	assert.Panics(t, func() { _, _ = csvfile.ReadAll[wide](strings.NewReader("c255\nx\n"), "f.csv") })
}
