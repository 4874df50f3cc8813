package risk_test

import (
	"encoding/csv"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// desk is a screener for tests: it knows parties by id and by exact name, and
// ownership by what a test tells it. The real one is screening.Screener.
type desk struct {
	parties  map[string][]sanctions.Designation // id or lower-case name
	owned    map[string][]sanctions.Verdict
	possible map[string]bool // listings that are only possible
	gaps     []sanctions.Gap
	risk     map[string]bool // a warning of secondary sanctions: whether it is Russia-related
}

func (d *desk) Coverage() sanctions.Coverage {
	return sanctions.Coverage{Lists: []sanctions.LoadedList{{List: "test", Parties: len(d.parties)}}, Gaps: d.gaps}
}

func (d *desk) Screen(p sanctions.Party, asOf sanctions.Date) (sanctions.Standing, error) {
	st := sanctions.Standing{Party: p, AsOf: asOf}
	keys := []string{p.ID}
	for _, n := range p.Names {
		keys = append(keys, strings.ToLower(n.Text))
	}
	var in []sanctions.Designation
	var strength sanctions.Strength = sanctions.StrengthExact
	for _, key := range keys {
		if key == "" {
			continue
		}
		if d.possible[key] {
			strength = sanctions.StrengthProbable
		}
		for _, x := range d.parties[key] {
			if x.Period.Contains(asOf) && !slices.ContainsFunc(in, func(o sanctions.Designation) bool { return o.List == x.List && o.Entry == x.Entry }) {
				in = append(in, x)
			}
		}
		st.Verdicts = append(st.Verdicts, d.owned[key]...)
	}
	if len(in) > 0 {
		listed := p
		if russia, warned := d.risk[p.ID]; warned {
			listed.SecondaryRisk = []sanctions.SecondaryRisk{{Basis: "as the list has it", Russia: russia}}
		}
		st.Listings = []sanctions.Listing{{Party: &listed, PartyID: p.ID, PartyName: p.Name(), Strength: strength, Designations: in}}
	}
	return st, nil
}

func (d *desk) list(key string, designation sanctions.Designation) {
	if d.parties == nil {
		d.parties = map[string][]sanctions.Designation{}
	}
	d.parties[key] = append(d.parties[key], designation)
}

// authorityOf reads the authority off a list's name, as the manifest does.
func authorityOf(list string) sanctions.Authority {
	for _, a := range []sanctions.Authority{sanctions.AuthorityOFAC, sanctions.AuthorityState, sanctions.AuthorityBIS, sanctions.AuthorityEU,
		sanctions.AuthorityUK, sanctions.AuthorityUN, sanctions.AuthorityCH, sanctions.AuthorityCA, sanctions.AuthorityAU, sanctions.AuthorityJP, sanctions.AuthorityUA} {
		if list == string(a) || strings.HasPrefix(list, string(a)+"-") {
			return a
		}
	}
	return sanctions.AuthorityNone
}

// openDesk reads the lists of a world far enough to test the rules on it: parties
// files, and of OFAC's own files number, name and programmes. The reader of
// published lists is package lists.
func openDesk(world fs.FS) (*desk, error) {
	d := &desk{parties: map[string][]sanctions.Designation{}, risk: map[string]bool{}}
	manifest, err := readCSV(world, "manifest.csv")
	if err != nil {
		return nil, err
	}
	head := manifest[0]
	at := func(row []string, name string) string { return row[slices.Index(head, name)] }
	for _, row := range manifest[1:] {
		file, list := at(row, "file"), at(row, "list")
		switch at(row, "format") {
		case "parties":
			rows, err := readCSV(world, file)
			if err != nil {
				return nil, err
			}
			d.addParties(rows, file, list)
		case "ofac-sdn", "ofac-cons-prim":
			text, err := fs.ReadFile(world, file)
			if err != nil {
				return nil, err
			}
			r := csv.NewReader(strings.NewReader(strings.TrimRight(string(text), "\x1a\r\n")))
			r.FieldsPerRecord = -1
			rows, err := r.ReadAll()
			if err != nil {
				return nil, err
			}
			for i, cells := range rows {
				measure := sanctions.Blocking
				if list != "us-ofac-sdn" {
					measure = sanctions.MenuBased
					if strings.Contains(cells[11], "Directive") {
						measure = sanctions.SectoralDirective
					}
				}
				x := sanctions.Designation{Authority: sanctions.AuthorityOFAC, List: list, Entry: cells[0], Measures: []sanctions.Measure{measure},
					Programmes: strings.Split(cells[3], "] ["), Sources: []sanctions.Source{{File: path.Base(file), Line: i + 1}}}
				d.list(list+":"+cells[0], x)
				d.list(strings.ToLower(cells[1]), x)
				if strings.Contains(cells[11], "Secondary sanctions risk: See Section 11") {
					d.risk[list+":"+cells[0]] = true
				}
			}
		}
	}
	return d, nil
}

func (d *desk) addParties(rows [][]string, file, list string) {
	head := rows[0]
	for i, row := range rows[1:] {
		cell := func(name string) string {
			if n := slices.Index(head, name); n >= 0 {
				return row[n]
			}
			return ""
		}
		x := sanctions.Designation{Authority: authorityOf(list), List: list, Entry: cell("party_id"),
			Programmes: split(cell("programmes")), Sources: []sanctions.Source{{File: path.Base(file), Line: i + 2}},
			Period: sanctions.Period{From: sanctions.MustParseDate(cell("listed_from")), To: sanctions.MustParseDate(cell("listed_to"))}}
		for _, m := range split(cell("measures")) {
			measure, err := sanctions.ParseMeasure(m)
			if err != nil {
				panic(err)
			}
			x.Measures = append(x.Measures, measure)
		}
		keys := map[string]bool{cell("party_id"): true, list + ":" + cell("party_id"): true, strings.ToLower(cell("name")): true}
		for _, alias := range split(cell("aliases")) {
			keys[strings.ToLower(alias)] = true
		}
		for key := range maps.Keys(keys) {
			d.list(key, x)
		}
	}
}

func split(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func readCSV(fsys fs.FS, name string) ([][]string, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return csv.NewReader(file).ReadAll()
}
