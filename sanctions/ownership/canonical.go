package ownership

import (
	"errors"
	"fmt"
	"io"
	"iter"
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
	band sanctions.ShareRange // from percent_min and percent_max
	has  uint8                // which of the percentages are given
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
		r.OwnerID = strings.TrimSpace(value)
	case "owner_name":
		r.OwnerName = value
	case "owned_id":
		r.OwnedID = strings.TrimSpace(value)
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

// share joins percent, percent_min and percent_max into one range.
func (r *interestRow) share() (sanctions.ShareRange, error) {
	if r.has == hasExact {
		return r.Share, nil
	}
	if r.has&hasMax == 0 {
		r.band.High = sanctions.Whole
	}
	if !r.band.Valid() {
		return r.band, errors.New("percent_min lies above percent_max")
	}
	if r.has&hasExact != 0 {
		if intersect(r.Share, r.band) != r.Share {
			return r.band, fmt.Errorf("percent %v lies outside percent_min and percent_max", r.Share)
		}
		return r.Share, nil
	}
	return r.band, nil
}

// Interests streams the canonical interests file, columns in any order:
//
//	owner_id,owner_name,owned_id,owned_name,kind,percent,percent_min,percent_max,from,to,source
//
// Percentages are plain decimals from 0 to 100. percent is exact; percent_min
// and percent_max bound it, and belong to the band unless written ">25" or "<50".
// Without any of the three the share is unknown, never zero. from and to are
// YYYY-MM-DD, [from, to). A bad row is yielded as an error that joins its
// [*sanctions.Fault] values, and reading goes on.
func Interests(r io.Reader, file string) iter.Seq2[Interest, error] {
	return func(yield func(Interest, error) bool) {
		for row, err := range csvfile.Rows[interestRow](r, file, csvfile.Require("owner_id", "owned_id")) {
			in := &row.Value
			in.Source = row.Source
			if err == nil {
				err = in.finish()
			}
			if !yield(in.Interest, err) {
				return
			}
		}
	}
}

// finish sees to what the cells of a row say together.
func (r *interestRow) finish() error {
	share, err := r.share()
	if err != nil {
		header, value := "percent", r.Share
		if !r.band.Valid() {
			header, value = "percent_min", sanctions.ExactShare(r.band.Low)
		}
		return &sanctions.Fault{Source: r.Source, Header: header, Value: value.String(), Err: err}
	}
	r.Share = share
	if r.OwnerID == "" && r.OwnerName == "" {
		return &sanctions.Fault{Source: r.Source, Header: "owner_id", Err: errors.New("nobody owns; write owner_id or owner_name")}
	}
	return r.check()
}
