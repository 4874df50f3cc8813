package sanctions

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Source is the place a fact was read from. Line and Column count from 1, in
// lines as an editor shows them and bytes; 0 is unknown or not applicable.
type Source struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitzero"`
	Column int    `json:"column,omitzero"`
}

// String is file:line:column, without the parts that are unknown.
func (s Source) String() string {
	out := s.File
	if s.Line > 0 {
		out += ":" + strconv.Itoa(s.Line)
		if s.Column > 0 {
			out += ":" + strconv.Itoa(s.Column)
		}
	}
	return out
}

// Fault is one thing that is wrong with one place of an input. Readers report
// all faults of an input joined into one error; find them with [Faults] or
// errors.AsType[*Fault].
type Fault struct {
	Source
	Header string // the column's header, if the fault lies in a cell
	Value  string // the cell, or the part of the file, as it stands there
	Err    error  // what is wrong and what to do
}

// Error is "file:line:column: header = "value": what is wrong", without what is not
// known of it.
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.Source.String())
	switch {
	case f.Header != "":
		fmt.Fprintf(&b, ": %s = %q", f.Header, clip(f.Value, 80))
	case f.Value != "":
		fmt.Fprintf(&b, ": %q", clip(f.Value, 80))
	}
	fmt.Fprintf(&b, ": %v", f.Err)
	return b.String()
}

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.Err }

// Faults lists every Fault joined or wrapped in err, in order.
func Faults(err error) []*Fault {
	switch e := err.(type) {
	case nil:
		return nil
	case *Fault:
		return []*Fault{e}
	case interface{ Unwrap() []error }:
		var out []*Fault
		for _, sub := range e.Unwrap() {
			out = append(out, Faults(sub)...)
		}
		return out
	case interface{ Unwrap() error }:
		return Faults(e.Unwrap())
	}
	return nil
}

// MaxFaults is how many faults [JoinFaults] spells out.
const MaxFaults = 100

// JoinFaults joins what is wrong with an input into one error, in order: all of
// it up to [MaxFaults], then a line that counts the rest. Without errors it is nil.
func JoinFaults(errs []error) error {
	var flat []error
	for _, err := range errs {
		flat = appendFlat(flat, err)
	}
	if more := len(flat) - MaxFaults; more > 0 {
		flat = append(flat[:MaxFaults:MaxFaults], fmt.Errorf("and %d more", more))
	}
	return errors.Join(flat...)
}

func appendFlat(flat []error, err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, sub := range joined.Unwrap() {
			flat = appendFlat(flat, sub)
		}
		return flat
	}
	if err != nil {
		flat = append(flat, err)
	}
	return flat
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}
