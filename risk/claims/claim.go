package claims

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/internal/exact"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Claim is one source saying one thing about one subject. A denial, a correction
// and an opinion are claims too; nothing overwrites anything.
//
// EngagementID names the dealing that the claim speaks of: all claims of one
// subject with one engagement id, or with one event and kind, are accounts of
// one engagement, and so is what replaces or corrects one of
// them by SupersedesID; a claim with none of these ids is joined only by its
// reprints, of the same root, kind, direction and counterparty at the same time. EventID names the occasion, which several
// subjects share. From and To are half-open like every period: To is the first
// day after, and an equal To means that one day.
type Claim struct {
	EngagementID, EventID, ParentEventID string

	SubjectID, SubjectName string
	SubjectType            SubjectType
	Role                   string
	AffiliatedFirmID       string // the firm a person or representative belongs to
	Capacity               Capacity
	Participation          Participation

	Kind      Kind
	Stage     Stage
	Item      string
	ItemClass ItemClass
	HS6       []string // six-digit codes of the Harmonized System
	Direction Direction

	CounterpartyName, CounterpartyID string
	CounterpartyBasis                CounterpartyBasis
	Location                         string

	From, To      sanctions.Date
	DatePrecision DatePrecision

	Amount          decimal.NullDecimal // above zero, or not told
	AmountQualifier AmountQualifier
	Currency        string // ISO 4217

	Polarity       Polarity
	StatementBy    string
	StatementDate  sanctions.Date
	Publisher      string
	RelayedFrom    string
	RootSourceID   string // the origin that reprints share
	SourceNaming   SourceNaming
	SourceCountMin int // "three sources" is one root, and at least three within it
	// Reliability and Credibility are the Admiralty grades: of the source, A
	// (completely reliable) to F (cannot be judged), and of the information, 1
	// (confirmed) to 6 (cannot be judged). 0 is not graded.
	Reliability  byte
	Credibility  int
	AsKnownAt    sanctions.Date
	SupersedesID string // engagement_id whose earlier claims of the same root this one replaces, and of others contradicts
	Quote, Note  string

	Source sanctions.Source // file and line
}

var claimColumns = []csvfile.Column[Claim]{
	csvfile.Text("engagement_id", func(c *Claim) *string { return &c.EngagementID }),
	csvfile.Text("event_id", func(c *Claim) *string { return &c.EventID }),
	csvfile.Text("parent_event_id", func(c *Claim) *string { return &c.ParentEventID }),
	csvfile.Text("subject_id", func(c *Claim) *string { return &c.SubjectID }),
	csvfile.Text("subject_name", func(c *Claim) *string { return &c.SubjectName }),
	term("subject_type", subjectTypes, func(c *Claim) *SubjectType { return &c.SubjectType }),
	csvfile.Text("role", func(c *Claim) *string { return &c.Role }),
	csvfile.Text("affiliated_firm_id", func(c *Claim) *string { return &c.AffiliatedFirmID }),
	term("capacity", capacities, func(c *Claim) *Capacity { return &c.Capacity }),
	term("participation", participations, func(c *Claim) *Participation { return &c.Participation }),
	term("kind", kinds, func(c *Claim) *Kind { return &c.Kind }),
	term("stage", stages, func(c *Claim) *Stage { return &c.Stage }),
	csvfile.Text("item", func(c *Claim) *string { return &c.Item }),
	term("item_class", itemClasses, func(c *Claim) *ItemClass { return &c.ItemClass }),
	{Name: "hs6", Set: setHS6, Get: func(c *Claim) string { return strings.Join(c.HS6, ";") }},
	directionColumn(),
	csvfile.Text("counterparty_name", func(c *Claim) *string { return &c.CounterpartyName }),
	csvfile.Text("counterparty_id", func(c *Claim) *string { return &c.CounterpartyID }),
	term("counterparty_basis", bases, func(c *Claim) *CounterpartyBasis { return &c.CounterpartyBasis }),
	csvfile.Text("location", func(c *Claim) *string { return &c.Location }),
	csvfile.Day("date_from", func(c *Claim) *sanctions.Date { return &c.From }),
	csvfile.Day("date_to", func(c *Claim) *sanctions.Date { return &c.To }),
	term("date_precision", precisions, func(c *Claim) *DatePrecision { return &c.DatePrecision }),
	{Name: "amount", Set: setAmount, Get: func(c *Claim) string {
		if !c.Amount.Valid {
			return ""
		}
		return string(exact.AppendDecimal(nil, c.Amount.Decimal))
	}},
	term("amount_qualifier", qualifiers, func(c *Claim) *AmountQualifier { return &c.AmountQualifier }),
	{Name: "currency", Set: setCurrency, Get: func(c *Claim) string { return c.Currency }},
	term("claim_polarity", polarities, func(c *Claim) *Polarity { return &c.Polarity }),
	csvfile.Text("statement_by", func(c *Claim) *string { return &c.StatementBy }),
	csvfile.Day("statement_date", func(c *Claim) *sanctions.Date { return &c.StatementDate }),
	csvfile.Text("publisher", func(c *Claim) *string { return &c.Publisher }),
	csvfile.Text("relayed_from", func(c *Claim) *string { return &c.RelayedFrom }),
	csvfile.Text("root_source_id", func(c *Claim) *string { return &c.RootSourceID }),
	term("source_naming", namings, func(c *Claim) *SourceNaming { return &c.SourceNaming }),
	{Name: "source_count_min", Set: setCount, Get: func(c *Claim) string { return number(c.SourceCountMin) }},
	{Name: "source_reliability", Set: setReliability, Get: func(c *Claim) string {
		if c.Reliability == 0 {
			return ""
		}
		return string(rune(c.Reliability))
	}},
	{Name: "info_credibility", Set: setCredibility, Get: func(c *Claim) string { return number(c.Credibility) }},
	csvfile.Day("as_known_at", func(c *Claim) *sanctions.Date { return &c.AsKnownAt }),
	csvfile.Text("supersedes_id", func(c *Claim) *string { return &c.SupersedesID }),
	csvfile.Text("quote", func(c *Claim) *string { return &c.Quote }),
	csvfile.Text("note", func(c *Claim) *string { return &c.Note }),
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func setHS6(c *Claim, s string) (err error) {
	c.HS6, err = ParseHS6(s)
	return err
}

// ParseHS6 reads codes of the Harmonized System, six digits each, separated by
// semicolons.
func ParseHS6(s string) ([]string, error) {
	var codes []string
	for code := range strings.SplitSeq(s, ";") {
		code = strings.TrimSpace(code)
		if len(code) != 6 || strings.Trim(code, "0123456789") != "" {
			return nil, fmt.Errorf("%q is not an HS6 code; write the first six digits, without dots (a heading of four does not say enough)", code)
		}
		codes = append(codes, code)
	}
	return codes, nil
}

// directionColumn reads the terms, and for X the code of a country: IN→RU is X→RU.
func directionColumn() csvfile.Column[Claim] {
	column := term("direction", directions, func(c *Claim) *Direction { return &c.Direction })
	terms := column.Set
	column.Set = func(c *Claim, s string) error {
		from, to, ok := strings.Cut(strings.ReplaceAll(strings.ReplaceAll(s, "->", "→"), " ", ""), "→")
		switch {
		case ok && len(from) == 2 && from != "RU" && strings.EqualFold(to, "RU"):
			c.Direction = ToRussia
			return nil
		case ok && strings.EqualFold(from, "RU") && len(to) == 2 && to != "RU":
			c.Direction = FromRussia
			return nil
		}
		return terms(c, s)
	}
	return column
}

func setAmount(c *Claim, s string) error {
	d, err := exact.ParseDecimal(s)
	if err == nil && !d.IsPositive() {
		err = errors.New("an amount is above zero; leave it empty where nobody tells the value, and write a claim with claim_polarity correct for one that was taken back")
	}
	if err != nil {
		return err
	}
	c.Amount = decimal.NullDecimal{Decimal: d, Valid: true}
	return nil
}

func setCurrency(c *Claim, s string) (err error) {
	c.Currency, err = parseCurrency(s)
	return err
}

func parseCurrency(s string) (string, error) {
	if len(s) != 3 || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "", errors.New("write the three letters of ISO 4217, such as USD")
	}
	return s, nil
}

func setCount(c *Claim, s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 1_000_000 {
		return errors.New("write a whole number from 1, or nothing")
	}
	c.SourceCountMin = n
	return nil
}

func setReliability(c *Claim, s string) error {
	grade := strings.ToUpper(s)
	if len(grade) != 1 || grade[0] < 'A' || grade[0] > 'F' {
		return errors.New("write an Admiralty grade from A to F")
	}
	c.Reliability = grade[0]
	return nil
}

func setCredibility(c *Claim, s string) error {
	if len(s) != 1 || s[0] < '1' || s[0] > '6' {
		return errors.New("write an Admiralty grade from 1 to 6")
	}
	c.Credibility = int(s[0] - '0')
	return nil
}

// Columns are the columns of a claims file, in canonical order.
func Columns() []string { return csvfile.Names(claimColumns) }

// Terms is the closed vocabulary of a column, in its order; nil for a column that
// takes any words.
func Terms(column string) []string {
	for _, c := range claimColumns {
		if c.Name == column {
			return slices.Clone(c.Terms)
		}
	}
	return nil
}

var claimHeader = Columns()

// Columns and SetCell make Claim a row of a CSV file.
func (c *Claim) Columns() []string { return claimHeader }

// SetCell sets the i-th of [Columns].
func (c *Claim) SetCell(i int, value string) error { return claimColumns[i].Set(c, value) }

// Cell is the i-th of [Columns] in the form that SetCell reads.
func (c *Claim) Cell(i int) string { return claimColumns[i].Get(c) }

// Read reads a claims file. Every bad cell is a [*sanctions.Fault]; on any
// fault no claims are returned.
func Read(r io.Reader, file string) ([]Claim, error) {
	rows, err := csvfile.ReadAll[Claim](r, file, csvfile.Require("subject_type", "kind", "claim_polarity"))
	errs := []error{err}
	claims := make([]Claim, len(rows))
	for i := range rows {
		claims[i] = rows[i].Value
		claims[i].Source = rows[i].Source
		errs = append(errs, check(&rows[i])...)
	}
	if err := sanctions.JoinFaults(errs); err != nil {
		return nil, err
	}
	return claims, nil
}

// check finds what no single cell shows.
func check(row *csvfile.Row[Claim]) (faults []error) {
	c := &row.Value
	if c.Polarity == "" {
		faults = append(faults, row.Fault("claim_polarity", "", "write affirm, deny, correct or opinion; nothing is taken for granted"))
	}
	if c.SubjectID == "" && c.SubjectName == "" {
		faults = append(faults, row.Fault("subject_id", "", "a claim is about somebody; give subject_id or subject_name"))
	}
	if c.To.Before(c.From) {
		faults = append(faults, row.Fault("date_to", c.To.String(), "the period ends before it starts on %v", c.From))
	}
	if c.Amount.Valid && c.Currency == "" {
		faults = append(faults, row.Fault("currency", "", "an amount needs its currency"))
	}
	return faults
}

// Write writes claims with all columns, in the form that [Read]
// reads: nothing is lost. It is meant for machines; quotes and notes are
// publishers' text, and a spreadsheet may take one that starts with = for a
// formula.
func Write(w io.Writer, claims []Claim) error {
	out := csv.NewWriter(w)
	if err := out.Write(claimHeader); err != nil {
		return err
	}
	row := make([]string, len(claimHeader))
	for i := range claims {
		for j := range row {
			row[j] = claims[i].Cell(j)
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
