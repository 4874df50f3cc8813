package tables

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Set is the decision tables of a rule set as plain values: what the CSV
// files hold and what an analyst edits; risk.Compile makes a rule set of them. To
// change one cell of a rule set, take its tables, change it, compile again.
type Set struct {
	Authorities []Authority  // authorities.csv
	Rules       []Rule       // rules.csv
	Elements    []Element    // elements.csv
	Evidence    []Weight     // evidence.csv, first row that holds
	Imputation  []Imputation // imputation.csv, first row that holds
	Bands       []Band       // bands.csv
	Tiers       []Tier       // hs6.csv
	Programmes  []Programme  // programmes.csv, which may be missing

	cell map[sanctions.Source]func(header string) sanctions.Source // of the rows as they were read
}

// Place is where the cell of a row under a header was read; the row, where nobody
// knows, as in a [Set.Clone].
func (t *Set) Place(row sanctions.Source, header string) sanctions.Source {
	if cell, ok := t.cell[row]; ok && header != "" {
		return cell(header)
	}
	return row
}

// Authority is a legal power under which a firm may be reached.
type Authority struct {
	ID        string // caatsa-231
	Title     string
	Nature    Nature
	Effective sanctions.Period
	Citation  string
	Why       string
	Source    sanctions.Source
}

// Rule is one row of rules.csv. Fired points of one authority add within an
// engagement up to a hundred, mitigating points are taken from that, and then the
// greatest floor and the smallest cap of the fired rules hold, the cap last, so that a
// licence is a mitigating rule with cap 0. The floor of a mitigating rule is how much it
// leaves of what there is without it: what is less than that stays as it is. A rule of scope engagement applies to conduct whose last day lies in
// Effective, and a mitigating one that has an end only to dealings that are known
// to have started inside it; one of scope firm is asked as of the date of the assessment.
// No rule applies before the day on which it begins has come.
type Rule struct {
	ID        string
	Scope     Scope // engagement or firm
	Authority string
	Nature    Nature // of its authority, repeated so that the row can be read alone
	Role      Role
	When      []Condition
	Points    decimal.NullDecimal
	Floor     decimal.NullDecimal
	Cap       decimal.NullDecimal
	Effective sanctions.Period
	Citation  string
	Why       string
	Source    sanctions.Source
}

// Element is something that an authority requires. What no data can show, such
// as a finding by an official, is a determination: always listed as missing, and
// no bar to a strong reach.
type Element struct {
	ID            string
	Authority     string
	Determination bool
	When          []Condition
	Citation      string
	Why           string
	Source        sanctions.Source
}

// Weight is one row of evidence.csv: what an engagement so shown counts, from 0
// to 1, in the low, the point and the high score, and how far it can carry an
// authority at most.
type Weight struct {
	ID               string
	Status           Status
	When             []Condition
	Low, Point, High decimal.NullDecimal
	Reach            Reach
	Citation         string
	Why              string
	Source           sanctions.Source
}

// Imputation is one row of imputation.csv: whether a claim charges the firm, and
// if not, the reason under which it is shown as context.
type Imputation struct {
	ID       string
	When     []Condition
	Impute   sanctions.Answer // yes or no
	Reason   string
	Citation string
	Why      string
	Source   sanctions.Source
}

// Band is a grade and the score from which it holds.
type Band struct {
	ID     string
	From   decimal.NullDecimal
	Why    string
	Source sanctions.Source
}

// Tier puts a code of the Harmonized System on the Common High Priority List.
type Tier struct {
	HS6       string
	Tier      string
	Effective sanctions.Period
	Citation  string
	Source    sanctions.Source
}

// Programme is a programme under which an authority lists in respect of Russia.
type Programme struct {
	Programme string
	Effective sanctions.Period
	Citation  string
	Source    sanctions.Source
}

// tiers of the Common High Priority List.
var tiers = []string{"1", "2", "3a", "3b", "4a", "4b"}

var (
	authorityColumns = []csvfile.Column[Authority]{
		csvfile.Text("authority", func(a *Authority) *string { return &a.ID }),
		csvfile.Text("title", func(a *Authority) *string { return &a.Title }),
		csvfile.Term("nature", natures, func(a *Authority) *Nature { return &a.Nature }),
		csvfile.Day("effective_from", func(a *Authority) *sanctions.Date { return &a.Effective.From }),
		csvfile.Day("effective_to", func(a *Authority) *sanctions.Date { return &a.Effective.To }),
		csvfile.Text("citation", func(a *Authority) *string { return &a.Citation }),
		csvfile.Text("why", func(a *Authority) *string { return &a.Why }),
	}
	ruleColumns = slices.Concat([]csvfile.Column[Rule]{
		csvfile.Text("rule", func(r *Rule) *string { return &r.ID }),
		csvfile.Term("scope", scopes[2:], func(r *Rule) *Scope { return &r.Scope }),
		csvfile.Text("authority", func(r *Rule) *string { return &r.Authority }),
		csvfile.Term("nature", natures, func(r *Rule) *Nature { return &r.Nature }),
		csvfile.Term("role", roles, func(r *Rule) *Role { return &r.Role }),
	}, conditions(func(r *Rule) *[]Condition { return &r.When }, ScopeEngagement, ScopeFirm), []csvfile.Column[Rule]{
		csvfile.Number("points", func(r *Rule) *decimal.NullDecimal { return &r.Points }),
		csvfile.Number("floor", func(r *Rule) *decimal.NullDecimal { return &r.Floor }),
		csvfile.Number("cap", func(r *Rule) *decimal.NullDecimal { return &r.Cap }),
		csvfile.Day("effective_from", func(r *Rule) *sanctions.Date { return &r.Effective.From }),
		csvfile.Day("effective_to", func(r *Rule) *sanctions.Date { return &r.Effective.To }),
		csvfile.Text("citation", func(r *Rule) *string { return &r.Citation }),
		csvfile.Text("why", func(r *Rule) *string { return &r.Why }),
	})
	elementColumns = slices.Concat([]csvfile.Column[Element]{
		csvfile.Text("element", func(e *Element) *string { return &e.ID }),
		csvfile.Text("authority", func(e *Element) *string { return &e.Authority }),
		csvfile.YesNo("determination", func(e *Element) *bool { return &e.Determination }),
	}, conditions(func(e *Element) *[]Condition { return &e.When }, ScopeEngagement, ScopeFirm), []csvfile.Column[Element]{
		csvfile.Text("citation", func(e *Element) *string { return &e.Citation }),
		csvfile.Text("why", func(e *Element) *string { return &e.Why }),
	})
	weightColumns = slices.Concat([]csvfile.Column[Weight]{
		csvfile.Text("evidence", func(w *Weight) *string { return &w.ID }),
		csvfile.Term("status", statuses, func(w *Weight) *Status { return &w.Status }),
	}, conditions(func(w *Weight) *[]Condition { return &w.When }, ScopeEvidence), []csvfile.Column[Weight]{
		csvfile.Number("low", func(w *Weight) *decimal.NullDecimal { return &w.Low }),
		csvfile.Number("point", func(w *Weight) *decimal.NullDecimal { return &w.Point }),
		csvfile.Number("high", func(w *Weight) *decimal.NullDecimal { return &w.High }),
		csvfile.Term("reach", reaches[1:], func(w *Weight) *Reach { return &w.Reach }),
		csvfile.Text("citation", func(w *Weight) *string { return &w.Citation }),
		csvfile.Text("why", func(w *Weight) *string { return &w.Why }),
	})
	imputationColumns = slices.Concat([]csvfile.Column[Imputation]{
		csvfile.Text("imputation", func(m *Imputation) *string { return &m.ID }),
	}, conditions(func(m *Imputation) *[]Condition { return &m.When }, ScopeClaim),
		slices.DeleteFunc(conditions(func(m *Imputation) *[]Condition { return &m.When }, ScopeEngagement), func(c csvfile.Column[Imputation]) bool {
			return c.Name != "kind"
		}), []csvfile.Column[Imputation]{
			{Name: "impute", Set: func(m *Imputation, s string) (err error) { m.Impute, err = sanctions.ParseAnswer(s); return err },
				Get: func(m *Imputation) string { return m.Impute.String() }},
			csvfile.Text("reason", func(m *Imputation) *string { return &m.Reason }),
			csvfile.Text("citation", func(m *Imputation) *string { return &m.Citation }),
			csvfile.Text("why", func(m *Imputation) *string { return &m.Why }),
		})
	bandColumns = []csvfile.Column[Band]{
		csvfile.Text("band", func(b *Band) *string { return &b.ID }),
		csvfile.Number("from", func(b *Band) *decimal.NullDecimal { return &b.From }),
		csvfile.Text("why", func(b *Band) *string { return &b.Why }),
	}
	tierColumns = []csvfile.Column[Tier]{
		{Name: "hs6", Set: func(t *Tier, s string) error {
			codes, err := claims.ParseHS6(s)
			if err != nil || len(codes) != 1 {
				return errors.Join(err, errors.New("write one code of six digits"))
			}
			t.HS6 = codes[0]
			return nil
		}, Get: func(t *Tier) string { return t.HS6 }},
		csvfile.Term("tier", tiers, func(t *Tier) *string { return &t.Tier }),
		csvfile.Day("effective_from", func(t *Tier) *sanctions.Date { return &t.Effective.From }),
		csvfile.Day("effective_to", func(t *Tier) *sanctions.Date { return &t.Effective.To }),
		csvfile.Text("citation", func(t *Tier) *string { return &t.Citation }),
	}

	programmeColumns = []csvfile.Column[Programme]{
		csvfile.Text("programme", func(p *Programme) *string { return &p.Programme }),
		csvfile.Day("effective_from", func(p *Programme) *sanctions.Date { return &p.Effective.From }),
		csvfile.Day("effective_to", func(p *Programme) *sanctions.Date { return &p.Effective.To }),
		csvfile.Text("citation", func(p *Programme) *string { return &p.Citation }),
	}

	authorityHeader  = csvfile.Names(authorityColumns)
	programmeHeader  = csvfile.Names(programmeColumns)
	ruleHeader       = csvfile.Names(ruleColumns)
	elementHeader    = csvfile.Names(elementColumns)
	weightHeader     = csvfile.Names(weightColumns)
	imputationHeader = csvfile.Names(imputationColumns)
	bandHeader       = csvfile.Names(bandColumns)
	tierHeader       = csvfile.Names(tierColumns)
)

// The rows of the tables are rows of CSV files.

// Columns lists the headers of authorities.csv.
func (*Authority) Columns() []string { return authorityHeader }

// SetCell sets one cell by its column's position.
func (a *Authority) SetCell(i int, s string) error { return authorityColumns[i].Set(a, s) }

// Columns lists the headers of rules.csv.
func (*Rule) Columns() []string { return ruleHeader }

// SetCell sets one cell by its column's position.
func (r *Rule) SetCell(i int, s string) error { return ruleColumns[i].Set(r, s) }

// Columns lists the headers of elements.csv.
func (*Element) Columns() []string { return elementHeader }

// SetCell sets one cell by its column's position.
func (e *Element) SetCell(i int, s string) error { return elementColumns[i].Set(e, s) }

// Columns lists the headers of evidence.csv.
func (*Weight) Columns() []string { return weightHeader }

// SetCell sets one cell by its column's position.
func (w *Weight) SetCell(i int, s string) error { return weightColumns[i].Set(w, s) }

// Columns lists the headers of imputation.csv.
func (*Imputation) Columns() []string { return imputationHeader }

// SetCell sets one cell by its column's position.
func (m *Imputation) SetCell(i int, s string) error { return imputationColumns[i].Set(m, s) }

// Columns lists the headers of bands.csv.
func (*Band) Columns() []string { return bandHeader }

// SetCell sets one cell by its column's position.
func (b *Band) SetCell(i int, s string) error { return bandColumns[i].Set(b, s) }

// Columns lists the headers of hs6.csv.
func (*Tier) Columns() []string { return tierHeader }

// SetCell sets one cell by its column's position.
func (t *Tier) SetCell(i int, s string) error { return tierColumns[i].Set(t, s) }

// Columns lists the headers of programmes.csv.
func (*Programme) Columns() []string { return programmeHeader }

// SetCell sets one cell by its column's position.
func (p *Programme) SetCell(i int, s string) error { return programmeColumns[i].Set(p, s) }

// Read reads the files of a rule set from a folder. Faults of all files come
// together, with the rows that could be read.
func Read(fsys fs.FS) (Set, error) {
	t := Set{cell: map[sanctions.Source]func(string) sanctions.Source{}}
	errs := slices.DeleteFunc([]error{
		readTable(&t, fsys, "authorities.csv", &t.Authorities, func(a *Authority) *sanctions.Source { return &a.Source }),
		readTable(&t, fsys, "rules.csv", &t.Rules, func(r *Rule) *sanctions.Source { return &r.Source }),
		readTable(&t, fsys, "elements.csv", &t.Elements, func(e *Element) *sanctions.Source { return &e.Source }),
		readTable(&t, fsys, "evidence.csv", &t.Evidence, func(w *Weight) *sanctions.Source { return &w.Source }),
		readTable(&t, fsys, "imputation.csv", &t.Imputation, func(m *Imputation) *sanctions.Source { return &m.Source }),
		readTable(&t, fsys, "bands.csv", &t.Bands, func(b *Band) *sanctions.Source { return &b.Source }),
		readTable(&t, fsys, "hs6.csv", &t.Tiers, func(h *Tier) *sanctions.Source { return &h.Source }),
		readTable(&t, fsys, "programmes.csv", &t.Programmes, func(p *Programme) *sanctions.Source { return &p.Source }),
	}, func(err error) bool { return err == nil })
	if len(errs) > 0 {
		return t, sanctions.JoinFaults(errs)
	}
	return t, nil
}

func readTable[T any, P csvfile.Record[T]](t *Set, fsys fs.FS, name string, into *[]T, source func(*T) *sanctions.Source) error {
	file, err := fsys.Open(name)
	if errors.Is(err, fs.ErrNotExist) && name == "programmes.csv" {
		return nil
	}
	if err != nil {
		return &sanctions.Fault{Source: sanctions.Source{File: name}, Err: fmt.Errorf("a rule set needs this file: %w", err)}
	}
	defer file.Close()
	rows, err := csvfile.ReadAll[T, P](file, name)
	for i := range rows {
		row := &rows[i]
		*source(&row.Value) = row.Source
		t.cell[row.Source] = row.Under
		*into = append(*into, row.Value)
	}
	return err
}

// Clone is a copy to be changed freely.
func (t Set) Clone() Set {
	t.cell = nil
	t.Authorities = slices.Clone(t.Authorities)
	t.Rules = slices.Clone(t.Rules)
	t.Elements = slices.Clone(t.Elements)
	t.Evidence = slices.Clone(t.Evidence)
	t.Imputation = slices.Clone(t.Imputation)
	t.Bands = slices.Clone(t.Bands)
	t.Tiers = slices.Clone(t.Tiers)
	t.Programmes = slices.Clone(t.Programmes)
	for i := range t.Rules {
		t.Rules[i].When = slices.Clone(t.Rules[i].When)
	}
	for i := range t.Elements {
		t.Elements[i].When = slices.Clone(t.Elements[i].When)
	}
	for i := range t.Evidence {
		t.Evidence[i].When = slices.Clone(t.Evidence[i].When)
	}
	for i := range t.Imputation {
		t.Imputation[i].When = slices.Clone(t.Imputation[i].When)
	}
	return t
}

// Digest is the SHA-256 of the tables, whatever the order of rows where order has no
// meaning: everywhere but in evidence and imputation.
func (t *Set) Digest() string {
	hash := sha256.New()
	csvfile.WriteCanonical(hash, "authorities", authorityColumns, t.Authorities, true)
	csvfile.WriteCanonical(hash, "rules", ruleColumns, t.Rules, true)
	csvfile.WriteCanonical(hash, "elements", elementColumns, t.Elements, true)
	csvfile.WriteCanonical(hash, "evidence", weightColumns, t.Evidence, false)
	csvfile.WriteCanonical(hash, "imputation", imputationColumns, t.Imputation, false)
	csvfile.WriteCanonical(hash, "bands", bandColumns, t.Bands, true)
	csvfile.WriteCanonical(hash, "hs6", tierColumns, t.Tiers, true)
	csvfile.WriteCanonical(hash, "programmes", programmeColumns, t.Programmes, true)
	return hex.EncodeToString(hash.Sum(nil))
}

// conditions is one column for each fact of the scopes, as unary tests.
func conditions[T any](at func(*T) *[]Condition, scopes ...Scope) []csvfile.Column[T] {
	var out []csvfile.Column[T]
	for _, fact := range facts {
		if !slices.Contains(scopes, fact.Scope) {
			continue
		}
		out = append(out, csvfile.Column[T]{Name: fact.Name, Set: func(t *T, s string) error {
			c := Condition{fact.Name, s}
			if _, err := c.Values(); err != nil {
				return err
			}
			*at(t) = append(*at(t), c)
			return nil
		}, Get: func(t *T) string {
			for _, c := range *at(t) {
				if c.Fact == fact.Name {
					return c.Test
				}
			}
			return ""
		}})
	}
	return out
}
