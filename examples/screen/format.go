package main

import (
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"text/tabwriter"

	_ "embed"

	"github.com/sanctionrisk/exposure/examples/internal/sheet"
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
)

// result is what the program has to tell: the assessments in the order of the firms'
// ids, the day, and the lists that all of them stand on.
type result struct {
	AsOf        sanctions.Date
	Coverage    sanctions.Coverage
	Assessments []assessment.Assessment
}

// format is a form in which a result is written.
type format struct {
	name  string
	write func(io.Writer, *result) error
}

var formats = []format{{"table", writeTable}, {"json", writeJSON}, {"jsonl", writeJSONLines}, {"csv", writeCSV}, {"html", writeHTML}}

func formatNames() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// row is an assessment in a line.
type row struct {
	FirmID, Firm, Country, AsOf          string
	Listed, Owned, Finding               string
	Grade, Score, Low, High, LowG, HighG string
	Authority, Nature, Reach, Reason     string
	AuthorityScore                       string // of the authority named, which for a listed firm is not the score of the whole
}

func rowOf(a *assessment.Assessment) row {
	r := row{FirmID: a.Firm.ID, Firm: a.Firm.Name, Country: a.Firm.Country, AsOf: a.AsOf.String(),
		Listed: a.Listed.String(), Owned: a.Owned.String(), Finding: string(a.Finding),
		Grade: a.Grade.Point, LowG: a.Grade.Low, HighG: a.Grade.High,
		Score: a.Score.Point.StringFixed(2), Low: a.Score.Low.StringFixed(2), High: a.Score.High.StringFixed(2),
		Authority: a.Strongest, Nature: string(a.Nature), Reach: string(tables.NotReached), Reason: a.Reason}
	// The firm's own listing stands in a column of its own: the authority to name
	// is the strongest that its engagements reach, where there is one.
	for i := range a.Authorities {
		if x := &a.Authorities[i]; x.Nature != tables.Own {
			r.Authority, r.Nature, r.Reach = x.Authority, string(x.Nature), string(x.Reach)
			r.AuthorityScore = x.Score.Point.StringFixed(2)
			break
		}
	}
	return r
}

// Named is the authority with its nature and, where it is not the score of the
// whole, its own: "eo-14024, discretionary (40.00)".
func (r row) Named() string {
	if r.Authority == "" {
		return "–"
	}
	s := r.Authority + ", " + r.Nature
	if r.AuthorityScore != "" && r.AuthorityScore != r.Score {
		s += " (" + r.AuthorityScore + ")"
	}
	return s
}

func writeTable(w io.Writer, r *result) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "FIRM\tLISTED\tOWNED\tGRADE\tSCORE\tBOUNDS\tSTRONGEST AUTHORITY\tREASON")
	for i := range r.Assessments {
		x := rowOf(&r.Assessments[i])
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s–%s\t%s\t%s\n", x.Firm, x.Listed, x.Owned, x.Grade, x.Score, x.Low, x.High, x.Named(), x.Reason)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nAs of %v, on %d lists. Not looked at:", r.AsOf, len(r.Coverage.Lists))
	for i, g := range r.Coverage.Gaps {
		sep := ";"
		if i == 0 {
			sep = ""
		}
		fmt.Fprintf(w, "%s %s", sep, g.What)
	}
	fmt.Fprintln(w, ".\nIn brackets: what the firm's dealings come to under that authority, where its own listing or owners decide the score.")
	_, err := fmt.Fprintln(w, "A grade says how far an authority could reach on the reported facts. It is no finding that it will. -format json shows every factor.")
	return err
}

// document is the JSON form of a run.
type document struct {
	Assessments []assessment.Assessment `json:"assessments"`
}

func writeJSON(w io.Writer, r *result) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(document{r.Assessments})
}

func writeJSONLines(w io.Writer, r *result) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range r.Assessments {
		if err := enc.Encode(&r.Assessments[i]); err != nil {
			return err
		}
	}
	return nil
}

// columns are those of the csv form. Others may join them, at the end.
var columns = []string{"firm_id", "firm_name", "country", "as_of", "listed", "owned", "finding", "grade", "score", "low", "high",
	"grade_low", "grade_high", "authority", "nature", "reach", "reason", "authority_score"}

func writeCSV(w io.Writer, r *result) error {
	out := sheet.NewWriter(w, columns...)
	for i := range r.Assessments {
		x := rowOf(&r.Assessments[i])
		out.Row(x.FirmID, x.Firm, x.Country, x.AsOf, x.Listed, x.Owned, x.Finding, x.Grade, x.Score, x.Low, x.High,
			x.LowG, x.HighG, x.Authority, x.Nature, x.Reach, x.Reason, x.AuthorityScore)
	}
	return out.Flush()
}

//go:embed page.html
var pageHTML string

// writeHTML writes one page that needs nothing else: no script, no font, no picture
// from anywhere.
func writeHTML(w io.Writer, r *result) error {
	page, err := template.New("page").Funcs(template.FuncMap{
		"row":  func(a assessment.Assessment) row { return rowOf(&a) },
		"path": ownership.Path,
	}).Parse(pageHTML)
	if err != nil {
		return err
	}
	return page.Execute(w, r)
}
