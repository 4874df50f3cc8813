package risk

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Claim is one source saying one thing about one subject. A denial, a correction
// and an opinion are claims too; nothing overwrites anything.
//
// EngagementID names the dealing that the claim speaks of: all claims of one
// subject with one engagement id, or with one event and kind, are accounts of
// one engagement, see [Engagement], and so is what replaces or corrects one of
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

	Amount          decimal.NullDecimal
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

var claimColumns = []column[Claim]{
	text("engagement_id", func(c *Claim) *string { return &c.EngagementID }),
	text("event_id", func(c *Claim) *string { return &c.EventID }),
	text("parent_event_id", func(c *Claim) *string { return &c.ParentEventID }),
	text("subject_id", func(c *Claim) *string { return &c.SubjectID }),
	text("subject_name", func(c *Claim) *string { return &c.SubjectName }),
	term("subject_type", subjectTypes, func(c *Claim) *SubjectType { return &c.SubjectType }),
	text("role", func(c *Claim) *string { return &c.Role }),
	text("affiliated_firm_id", func(c *Claim) *string { return &c.AffiliatedFirmID }),
	term("capacity", capacities, func(c *Claim) *Capacity { return &c.Capacity }),
	term("participation", participations, func(c *Claim) *Participation { return &c.Participation }),
	term("kind", kinds, func(c *Claim) *Kind { return &c.Kind }),
	term("stage", stages, func(c *Claim) *Stage { return &c.Stage }),
	text("item", func(c *Claim) *string { return &c.Item }),
	term("item_class", itemClasses, func(c *Claim) *ItemClass { return &c.ItemClass }),
	{"hs6", setHS6, func(c *Claim) string { return strings.Join(c.HS6, ";") }},
	{"direction", setDirection, func(c *Claim) string { return string(c.Direction) }},
	text("counterparty_name", func(c *Claim) *string { return &c.CounterpartyName }),
	text("counterparty_id", func(c *Claim) *string { return &c.CounterpartyID }),
	term("counterparty_basis", bases, func(c *Claim) *CounterpartyBasis { return &c.CounterpartyBasis }),
	text("location", func(c *Claim) *string { return &c.Location }),
	day("date_from", func(c *Claim) *sanctions.Date { return &c.From }),
	day("date_to", func(c *Claim) *sanctions.Date { return &c.To }),
	term("date_precision", precisions, func(c *Claim) *DatePrecision { return &c.DatePrecision }),
	{"amount", setAmount, func(c *Claim) string {
		if !c.Amount.Valid {
			return ""
		}
		return c.Amount.Decimal.StringFixed(max(0, -c.Amount.Decimal.Exponent()))
	}},
	term("amount_qualifier", qualifiers, func(c *Claim) *AmountQualifier { return &c.AmountQualifier }),
	{"currency", setCurrency, func(c *Claim) string { return c.Currency }},
	term("claim_polarity", polarities, func(c *Claim) *Polarity { return &c.Polarity }),
	text("statement_by", func(c *Claim) *string { return &c.StatementBy }),
	day("statement_date", func(c *Claim) *sanctions.Date { return &c.StatementDate }),
	text("publisher", func(c *Claim) *string { return &c.Publisher }),
	text("relayed_from", func(c *Claim) *string { return &c.RelayedFrom }),
	text("root_source_id", func(c *Claim) *string { return &c.RootSourceID }),
	term("source_naming", namings, func(c *Claim) *SourceNaming { return &c.SourceNaming }),
	{"source_count_min", setCount, func(c *Claim) string { return number(c.SourceCountMin) }},
	{"source_reliability", setReliability, func(c *Claim) string {
		if c.Reliability == 0 {
			return ""
		}
		return string(rune(c.Reliability))
	}},
	{"info_credibility", setCredibility, func(c *Claim) string { return number(c.Credibility) }},
	day("as_known_at", func(c *Claim) *sanctions.Date { return &c.AsKnownAt }),
	text("supersedes_id", func(c *Claim) *string { return &c.SupersedesID }),
	text("quote", func(c *Claim) *string { return &c.Quote }),
	text("note", func(c *Claim) *string { return &c.Note }),
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func setHS6(c *Claim, s string) error {
	c.HS6 = nil
	for code := range strings.SplitSeq(s, ";") {
		code = strings.TrimSpace(code)
		if len(code) != 6 || strings.Trim(code, "0123456789") != "" {
			return fmt.Errorf("%q is not an HS6 code; write the first six digits, without dots (a heading of four does not say enough)", code)
		}
		c.HS6 = append(c.HS6, code)
	}
	return nil
}

// setDirection reads the terms, and for X the code of a country: IN→RU is X→RU.
func setDirection(c *Claim, s string) error {
	from, to, ok := strings.Cut(strings.ReplaceAll(strings.ReplaceAll(s, "->", "→"), " ", ""), "→")
	switch {
	case ok && len(from) == 2 && from != "RU" && strings.EqualFold(to, "RU"):
		c.Direction = ToRussia
		return nil
	case ok && strings.EqualFold(from, "RU") && len(to) == 2 && to != "RU":
		c.Direction = FromRussia
		return nil
	}
	return set(&c.Direction, "direction", s, directions)
}

func setAmount(c *Claim, s string) error {
	d, err := parseDecimal(s)
	if err != nil {
		return err
	}
	c.Amount = decimal.NullDecimal{Decimal: d, Valid: true}
	return nil
}

func setCurrency(c *Claim, s string) error {
	if len(s) != 3 || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return errors.New("write the three letters of ISO 4217, such as USD")
	}
	c.Currency = s
	return nil
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

// parseDecimal reads a plain decimal number: digits, one point, a sign. What a
// spreadsheet or another locale makes of it (1,234.5, 1e6, NaN) is an error.
func parseDecimal(s string) (decimal.Decimal, error) {
	digits := strings.TrimPrefix(s, "-")
	whole, frac, dot := strings.Cut(digits, ".")
	if whole == "" || dot && frac == "" || strings.Trim(whole+frac, "0123456789") != "" {
		return decimal.Decimal{}, fmt.Errorf("%q is not a number; write digits with at most one point, such as 1234.5", s)
	}
	if len(whole) > 18 || len(frac) > 12 {
		return decimal.Decimal{}, errors.New("at most 18 digits before and 12 after the point")
	}
	return decimal.NewFromString(s)
}

// ClaimColumns are the columns of a claims file, in canonical order.
func ClaimColumns() []string { return header(claimColumns) }

var claimHeader = ClaimColumns()

// Columns and SetCell make Claim a row of a CSV file.
func (c *Claim) Columns() []string { return claimHeader }

// SetCell sets the i-th of [ClaimColumns].
func (c *Claim) SetCell(i int, value string) error { return claimColumns[i].set(c, value) }

// Cell is the i-th of [ClaimColumns] in the form that SetCell reads.
func (c *Claim) Cell(i int) string { return claimColumns[i].get(c) }

// ReadClaims reads a claims file. Every bad cell is a [*sanctions.Fault]; on any
// fault no claims are returned.
func ReadClaims(r io.Reader, file string) ([]Claim, error) {
	rows, err := csvfile.ReadAll[Claim](r, file, csvfile.Require("subject_type", "kind", "claim_polarity"))
	if err != nil {
		return nil, err
	}
	claims := make([]Claim, len(rows))
	var errs []error
	for i, row := range rows {
		claims[i] = row.Value
		claims[i].Source = row.Source
		if fault := claims[i].check(); fault != nil {
			errs = append(errs, fault)
		}
	}
	if errs != nil {
		return nil, sanctions.JoinFaults(errs)
	}
	return claims, nil
}

// check finds what no single cell shows.
func (c *Claim) check() error {
	fault := func(header, value, why string) error {
		return &sanctions.Fault{Source: c.Source, Header: header, Value: value, Err: errors.New(why)}
	}
	switch {
	case c.Polarity == "":
		return fault("claim_polarity", "", "write affirm, deny, correct or opinion; nothing is taken for granted")
	case c.SubjectID == "" && c.SubjectName == "":
		return fault("subject_id", "", "a claim is about somebody; give subject_id or subject_name")
	case c.To.Before(c.From):
		return fault("date_to", c.To.String(), "the period ends before it starts on "+c.From.String())
	case c.Amount.Valid && c.Currency == "":
		return fault("currency", "", "an amount needs its currency")
	}
	return nil
}

// WriteClaims writes claims with all columns, in the form that [ReadClaims]
// reads: nothing is lost. It is meant for machines; quotes and notes are
// publishers' text, and a spreadsheet may take one that starts with = for a
// formula.
func WriteClaims(w io.Writer, claims []Claim) error {
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
