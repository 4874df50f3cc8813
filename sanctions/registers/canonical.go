package registers

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

// interestColumns are the columns of the canonical interests file.
var interestColumns = []string{"owner_id", "owner_name", "owned_id", "owned_name", "kind",
	"percent", "percent_min", "percent_max", "from", "to", "source"}

// interestRow is one line of the canonical interests file.
type interestRow struct {
	Interest
	band     sanctions.ShareRange // from percent_min and percent_max
	has      uint8                // which of the percentages are given
	prefixed bool                 // some id has a colon
}

const (
	hasExact = 1 << iota
	hasMin
	hasMax
)

func (*interestRow) Columns() []string { return interestColumns }

func (r *interestRow) SetCell(i int, value string) (err error) {
	switch interestColumns[i] {
	case "owner_id":
		r.OwnerID = r.id(value)
	case "owner_name":
		r.OwnerName = value
	case "owned_id":
		r.OwnedID = r.id(value)
	case "owned_name":
		r.OwnedName = value
	case "kind":
		r.Kind, err = ParseKind(value)
	case "percent":
		r.Share, err = sanctions.ParsePercent(value)
		r.has |= hasExact
	case "percent_min":
		var low sanctions.ShareRange
		low, err = parseBound(value, ">")
		r.band.Low, r.band.LowOpen = low.Low, low.LowOpen
		r.has |= hasMin
	case "percent_max":
		var high sanctions.ShareRange
		high, err = parseBound(value, "<")
		r.band.High, r.band.HighOpen = high.High, high.HighOpen
		r.has |= hasMax
	case "from":
		r.Period.From, err = sanctions.ParseDate(value)
	case "to":
		r.Period.To, err = sanctions.ParseDate(value)
	case "source":
		r.Stated = value
	}
	return err
}

func (r *interestRow) id(value string) string {
	r.prefixed = r.prefixed || strings.IndexByte(value, ':') >= 0
	return strings.TrimSpace(value)
}

// parseBound reads an end of a band. A plain number belongs to the band; with
// the sign before it, ">25" or "<50", it does not.
func parseBound(s, sign string) (sanctions.ShareRange, error) {
	number, open := strings.CutPrefix(strings.TrimSpace(s), sign)
	r, err := sanctions.ParsePercent(number)
	if err == nil && open {
		r.LowOpen, r.HighOpen = true, true
	}
	return r, err
}

// share joins percent, percent_min and percent_max into one range. An error comes
// with the column that it is about.
func (r *interestRow) share() (share sanctions.ShareRange, column int, err error) {
	if r.has == hasExact {
		return r.Share, 0, nil
	}
	if r.has&hasMax == 0 {
		r.band.High = sanctions.Whole
	}
	if !r.band.Valid() {
		return r.band, columnMin, fmt.Errorf("percent_min lies above percent_max, or both are the same end that does not belong to the band: no share lies in %v", r.band)
	}
	if r.has&hasExact != 0 {
		if r.Share.Intersect(r.band) != r.Share {
			return r.band, columnExact, fmt.Errorf("percent %v lies outside percent_min and percent_max, which are %v; leave the wrong one empty", r.Share, r.band)
		}
		return r.Share, 0, nil
	}
	return r.band, 0, nil
}

// Interests streams the canonical interests file, columns in any order:
//
//	owner_id,owner_name,owned_id,owned_name,kind,percent,percent_min,percent_max,from,to,source
//
// Percentages are plain decimals from 0 to 100, with or without a % sign. percent is
// exact; percent_min and percent_max bound it, and belong to the band unless written
// ">25" or "<50". Without any of the three the share is unknown, never zero. Of
// control nothing depends on a percentage; of board it is the part that may be
// appointed. from and to are YYYY-MM-DD, [from, to).
//
// An id may have a prefix that says who gave it: an identifier scheme (lei:…, inn:…),
// whose check digits must be right; a register by its code at org-id.guide
// (gb-coh:…); a list (us-ofac-sdn:…). An unknown prefix is a fault; which lists there
// are only whoever calls [InterestsWith] can tell, so that here any prefix with a hyphen
// passes.
//
// An owner that owns itself is a fault, by id or by name. The one exception is
// treasury shares: a row of kind shares whose percent or percent_max lies below 50.
//
// A bad row is yielded as an error that joins its [*sanctions.Fault] values, each with
// file, line and column, and reading goes on.
func Interests(r io.Reader, file string) iter.Seq2[Interest, error] {
	return InterestsWith(r, file, &Prefixes{})
}

// InterestsWith is [Interests] for whoever knows which lists and ids there are.
func InterestsWith(r io.Reader, file string, ids *Prefixes) iter.Seq2[Interest, error] {
	return func(yield func(Interest, error) bool) {
		for row, err := range csvfile.Rows[interestRow](r, file, csvfile.Require("owner_id", "owned_id")) {
			in := &row.Value
			in.Source = row.Source
			if in.prefixed {
				err = errors.Join(err, ids.row(&row))
			}
			if err == nil {
				err = finish(&row)
			}
			if !yield(in.Interest, err) {
				return
			}
		}
	}
}

// row checks the ids of a row.
func (p *Prefixes) row(row *csvfile.Row[interestRow]) error {
	fault := func(column int, id string) error {
		if err := p.check(id); err != nil {
			return &sanctions.Fault{Source: row.Cell(column), Header: interestColumns[column], Value: id, Err: err}
		}
		return nil
	}
	return errors.Join(fault(columnOwner, row.Value.OwnerID), fault(columnOwned, row.Value.OwnedID))
}

// finish sees to what the cells of a row say together.
func finish(row *csvfile.Row[interestRow]) error {
	r := &row.Value
	fault := func(column int, value string, err error) error {
		return &sanctions.Fault{Source: row.Cell(column), Header: interestColumns[column], Value: value, Err: err}
	}
	share, column, err := r.share()
	if err != nil {
		value := r.Share
		if column == columnMin {
			value = sanctions.ExactShare(r.band.Low)
		}
		return fault(column, value.String(), err)
	}
	r.Share = share
	if r.OwnerID == "" && r.OwnerName == "" {
		return fault(columnOwner, "", errors.New("nobody owns; write owner_id or owner_name"))
	}
	return inRow(row, interestColumns, r.check(&canonicalHeaders))
}

// The columns that faults of a whole row are about.
var (
	columnOwner = slices.Index(interestColumns, "owner_id")
	columnOwned = slices.Index(interestColumns, "owned_id")
	columnExact = slices.Index(interestColumns, "percent")
	columnMin   = slices.Index(interestColumns, "percent_min")
)
