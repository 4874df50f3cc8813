package main

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"github.com/sanctionrisk/exposure/examples/internal/sheet"
	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

// queryRow is a row of a queries file.
type queryRow struct {
	id    string
	query match.Query
}

func (*queryRow) Columns() []string {
	return []string{"query_id", "name", "kind", "country", "identifiers"}
}

func (r *queryRow) SetCell(i int, value string) (err error) {
	switch i {
	case 0:
		r.id = value
	case 1:
		r.query.Name = value
	case 2:
		r.query.Kind, err = sanctions.ParseKind(value)
	case 3:
		for _, s := range cells(value) {
			code, ok := sanctions.ParseCountry(s)
			if !ok {
				return fmt.Errorf("%q is no country that is known; write an ISO 3166-1 code such as IN", s)
			}
			r.query.Countries = append(r.query.Countries, code)
		}
	case 4:
		var faults []string
		for _, s := range cells(value) {
			id, err := sanctions.ParseIdentifier(s)
			if err == nil {
				err = id.Validate() // a number that is wrong would find nobody, in silence
			}
			if err != nil {
				faults = append(faults, err.Error())
			}
			r.query.Identifiers = append(r.query.Identifiers, id)
		}
		if faults != nil {
			err = errors.New(strings.Join(faults, "; "))
		}
	}
	return err
}

// cells splits a cell at semicolons; what is empty between two is nothing.
func cells(value string) []string {
	var out []string
	for s := range strings.SplitSeq(value, ";") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// ahead is how many rows are read before the first of them is answered.
const ahead = 1024

// asked is a row on its way to its answer.
type asked struct {
	row  queryRow
	hits chan []match.Hit
}

// lookUp answers the queries of a file in their order, on all processors. What is answered
// is written as soon as no more rows wait, so that whoever asks one by one is answered one
// by one.
func lookUp(index *match.Index, a arguments, in io.Reader, file string, w io.Writer) error {
	out := sheet.NewWriter(w, "query_id", "rank", "score", "strength", "list", "party_id", "party_name", "matched_name")
	line, open := make(chan *asked, ahead), make(chan *asked, ahead)
	var errs []error
	var all sync.WaitGroup
	all.Go(func() {
		defer close(line)
		defer close(open)
		for row, err := range csvfile.Rows[queryRow](in, file, csvfile.Require("query_id", "name"), csvfile.Prompt()) {
			if err != nil {
				errs = append(errs, err)
				continue
			}
			if row.Value.query.Name == "" && len(row.Value.query.Identifiers) == 0 {
				errs = append(errs, &sanctions.Fault{Source: row.Cell(1), Header: "name",
					Err: errors.New("there is nothing to look for; write a name or an identifier")})
				continue
			}
			row.Value.query.Min, row.Value.query.Limit = a.min, a.limit
			one := &asked{row.Value, make(chan []match.Hit, 1)}
			line <- one
			open <- one
		}
	})
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for one := range open {
				one.hits <- index.Search(one.row.query)
			}
		})
	}
	for one := range line {
		writeHits(out, one.row.id, <-one.hits, a.min)
		if len(line) == 0 {
			_ = out.Flush() // what goes wrong is told at the end
		}
	}
	all.Wait()
	return sanctions.JoinFaults(append(errs, out.Flush()))
}

// writeHits writes a row for every hit of a query.
func writeHits(out sheet.Writer, id string, hits []match.Hit, least sanctions.Similarity) {
	for rank, h := range hits {
		if h.Basis == sanctions.ByName && h.Score < least { // lowered by what contradicts
			continue
		}
		matched := h.Matched.Text
		if h.Asked == "" { // found by a number alone
			matched = ""
		}
		out.Row(id, strconv.Itoa(rank+1), h.Score.String(), h.Strength.String(),
			listsOf(h.Party), h.Party.ID, h.Party.Name(), matched)
	}
}

// listsOf names the lists that a party stands on.
func listsOf(p *sanctions.Party) string {
	var out []string
	for _, d := range p.Designations {
		if len(out) == 0 || out[len(out)-1] != d.List {
			out = append(out, d.List)
		}
	}
	return strings.Join(out, ";")
}
