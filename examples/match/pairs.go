package main

import (
	"io"
	"strconv"

	"github.com/sanctionrisk/exposure/examples/internal/sheet"
	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
	"github.com/sanctionrisk/exposure/sanctions/similarity"
)

// pairRow is a row of a pairs file.
type pairRow struct {
	id           string
	kind         sanctions.Kind
	name1, name2 string
}

func (*pairRow) Columns() []string { return []string{"case_id", "schema", "name1", "name2"} }

func (r *pairRow) SetCell(i int, value string) (err error) {
	switch i {
	case 0:
		r.id = value
	case 1:
		r.kind, err = sanctions.ParseKind(value)
	case 2:
		r.name1 = value
	case 3:
		r.name2 = value
	}
	return err
}

// comparePairs compares the two names of every row. Words weigh as they do in the
// corpus of the weights, which may be nil.
func comparePairs(weights *names.Weights, in io.Reader, file string, w io.Writer) error {
	out := sheet.NewWriter(w, "case_id", "score", "match")
	var errs []error
	for row, err := range csvfile.Rows[pairRow](in, file, csvfile.Require("case_id", "name1", "name2")) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		p := row.Value
		c := similarity.Compare(names.Parse(p.name1, p.kind), names.Parse(p.name2, p.kind), weights)
		out.Row(p.id, c.Score.String(), strconv.FormatBool(c.Score >= similarity.DefaultThreshold))
	}
	return sanctions.JoinFaults(append(errs, out.Flush()))
}
