package lists

import (
	"fmt"
	"iter"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

// OFAC's files have no header, write "-0- " for nothing, join programmes as
// "A] [B" without the outer brackets and end with 0x1A. Remarks that do not fit
// their cell run on in a comments file, from the middle of a word.
// Source: OFAC, "SDN Data Formats", dat_spec.txt.

const ofacNull = "-0-"

// ofacCell is the cell without what OFAC writes for nothing.
func ofacCell(value string) string {
	if value = strings.TrimSpace(value); value == ofacNull {
		return ""
	}
	return value
}

const (
	ofacNumber = iota
	ofacName
	ofacKind
	ofacProgrammes
	ofacTitle
	ofacCallSign
	ofacVesselType
	ofacTonnage
	ofacGRT
	ofacFlag
	ofacOwner
	ofacRemarks
	ofacPrimaryWidth
)

type ofacPrimary [ofacPrimaryWidth]string

var ofacPrimaryColumns = []string{"ent_num", "SDN_Name", "SDN_Type", "Program", "Title", "Call_Sign",
	"Vess_type", "Tonnage", "GRT", "Vess_flag", "Vess_owner", "Remarks"}

func (*ofacPrimary) Columns() []string { return ofacPrimaryColumns }

func (r *ofacPrimary) SetCell(i int, value string) error {
	r[i] = ofacCell(value)
	if i == ofacRemarks && r[i] != "" {
		r[i] = value // cut to length perhaps, and a space at the cut counts
	}
	if i == ofacNumber && !isDigits(r[i]) {
		return errBadNumber
	}
	return nil
}

// readOFACPrimary reads sdn.csv and cons_prim.csv.
func readOFACPrimary(r *reading) {
	register := "ofac-sdn"
	if r.format.name == "ofac-cons-prim" {
		register = "ofac-cons"
	}
	for row := range ofacRecords[ofacPrimary](r) {
		c, at := &row.Value, row.Source
		d := r.draft(c[ofacNumber], at)
		if len(d.Designations) > 0 {
			r.fault(at, "ent_num", c[ofacNumber], fmt.Errorf("the number already stands at %v; keep one edition of one register in a list", d.Source))
			continue
		}
		d.addKey("ofac/" + c[ofacNumber])
		act := d.act(r.list, register+"/"+c[ofacNumber], sanctions.AuthorityOFAC, at)
		for p := range strings.SplitSeq(c[ofacProgrammes], "] [") {
			if p = strings.Trim(p, "[] "); p != "" {
				act.Programmes = append(act.Programmes, p)
			}
		}
		if d.Kind = ofacKindOf(c[ofacKind]); d.Kind == sanctions.KindUnknown {
			r.note(UnknownTerm, at, c[ofacKind], "the type of party is not known")
		}
		d.addName(c[ofacName], sanctions.NamePrimary, false, at)
		d.addRemark("Title", c[ofacTitle], at)
		if c[ofacCallSign] != "" {
			d.addIdentifier(sanctions.NewIdentifier(sanctions.CallSign, c[ofacCallSign], ""), at)
		}
		d.addRemark("Vessel Type", c[ofacVesselType], at)
		d.addRemark("Tonnage", c[ofacTonnage], at)
		d.addRemark("Gross Registered Tonnage", c[ofacGRT], at)
		if c[ofacFlag] != "" {
			d.addCountry(c[ofacFlag])
			d.addRemark("Vessel Flag", c[ofacFlag], at)
		}
		d.addLink("vessel owner", c[ofacOwner], at)
		d.remarks, d.remarksAt = c[ofacRemarks], at
		d.narrative = ofacNarrative
	}
}

func ofacKindOf(s string) sanctions.Kind {
	if s == "" {
		return sanctions.KindEntity // OFAC leaves the type of an entity empty
	}
	kind, err := sanctions.ParseKind(s)
	if err != nil {
		return sanctions.KindUnknown
	}
	return kind
}

// ofacNarrative reads the remarks of a party and what follows from them.
func ofacNarrative(l *list, d *draft) {
	first := &d.Designations[0]
	readRemarks(l, d, first)
	for i := range d.Designations {
		act := &d.Designations[i]
		act.Directives, act.MenuItems = first.Directives, first.MenuItems
		register, _, _ := strings.Cut(d.acts[i], "/")
		if register, ok := strings.CutPrefix(register, "ofac-"); ok {
			ofacMeasures(l, d, act, register)
		}
	}
}

// ofacMeasures gives a designation the measures of its programmes and of what
// its remarks subject it to.
func ofacMeasures(l *list, d *draft, act *sanctions.Designation, register string) {
	stated := len(act.Measures) > 0
	for _, p := range act.Programmes {
		measures, known := programmeMeasures(register, p, act.Directives)
		if !known && !stated {
			measures = []sanctions.Measure{sanctions.OtherMeasure}
			act.Text = joinNonEmpty("; ", act.Text, p)
			l.note(UnknownTerm, d.Source, p, "the measure of a programme is not known in this register and kept as other")
		}
		act.Measures = append(act.Measures, measures...)
	}
	if len(act.Measures) == 0 && register == "sdn" { // no programme at all
		act.Measures = append(act.Measures, sanctions.Blocking)
	}
	if len(act.MenuItems) > 0 {
		act.Measures = append(act.Measures, sanctions.MenuBased)
	}
	if register == "sdn" && len(act.Directives) > 0 {
		act.Measures = append(act.Measures, sanctions.SectoralDirective)
	}
}

type ofacAlt [5]string

var ofacAltColumns = []string{"ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"}

func (*ofacAlt) Columns() []string { return ofacAltColumns }

func (r *ofacAlt) SetCell(i int, value string) error {
	r[i] = ofacCell(value)
	if i < 2 && !isDigits(r[i]) {
		return errBadNumber
	}
	return nil
}

// readOFACAlt reads alt.csv. Its names are strong; the weak ones stand in the
// remarks of the party.
func readOFACAlt(r *reading) {
	for row := range ofacRecords[ofacAlt](r) {
		c, at := &row.Value, row.Source
		d := r.known(c[0], at)
		if d == nil {
			continue
		}
		kind := sanctions.NameAlias
		switch strings.ToLower(c[2]) {
		case "fka":
			kind = sanctions.NameFormer
		case "aka", "nka":
		default:
			r.note(UnknownTerm, at, c[2], "the type of an alternate name is not known; it counts as an alias")
		}
		d.addName(c[3], kind, false, at)
		d.addRemark("Name", c[4], at)
	}
}

type ofacAddress [6]string

var ofacAddressColumns = []string{"ent_num", "add_num", "address", "city_state_postcode", "country", "add_remarks"}

func (*ofacAddress) Columns() []string { return ofacAddressColumns }

func (r *ofacAddress) SetCell(i int, value string) error {
	r[i] = ofacCell(value)
	if i < 2 && !isDigits(r[i]) {
		return errBadNumber
	}
	return nil
}

// readOFACAddress reads add.csv.
func readOFACAddress(r *reading) {
	for row := range ofacRecords[ofacAddress](r) {
		c, at := &row.Value, row.Source
		if d := r.known(c[0], at); d != nil {
			if _, ok := sanctions.ParseCountry(c[4]); !ok && !isNothing(c[4]) {
				r.note(UnknownTerm, at, c[4], "the country of an address is not known; it stays in the address's text")
			}
			d.addAddress(joinNonEmpty(", ", c[2], c[3]), c[4], at)
			d.addRemark("Address", c[5], at)
		}
	}
}

type ofacComment [2]string

var ofacCommentColumns = []string{"ent_num", "comments"}

func (*ofacComment) Columns() []string { return ofacCommentColumns }

func (r *ofacComment) SetCell(i int, value string) error {
	if r[i] = value; i == 0 && !isDigits(strings.TrimSpace(value)) {
		return errBadNumber
	}
	return nil
}

// readOFACComments reads sdn_comments.csv: remarks that run on. They continue
// in the middle of a word, so nothing goes between.
func readOFACComments(r *reading) {
	for row := range ofacRecords[ofacComment](r) {
		if d := r.known(strings.TrimSpace(row.Value[0]), row.Source); d != nil {
			d.remarks += row.Value[1]
		}
	}
}

// known finds the party that a row adds to; without one the row dangles.
func (r *reading) known(number string, at sanctions.Source) *draft {
	d, ok := r.drafts[number]
	if !ok {
		r.note(Dangling, at, number, "rows of "+r.file.Path+" belong to no party of the list")
		return nil
	}
	return d
}

// ofacRecords streams a file without header. It must end as OFAC ends its files:
// a last record without a line end was cut, even where its cells are all there.
func ofacRecords[T any, P csvfile.Record[T]](r *reading) iter.Seq[csvfile.Row[T]] {
	return func(yield func(csvfile.Row[T]) bool) {
		last := 0
		for row := range csvRecords[T, P](r, csvfile.Headerless()) {
			if last = row.Source.Line; !yield(row) {
				return
			}
		}
		if r.in.openEnded() {
			r.note(Truncated, r.at(last), "", r.file.Path+" does not end with a line end, as OFAC's files do; fetch it again")
		}
	}
}
