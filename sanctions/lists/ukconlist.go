package lists

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

const (
	conName6 = iota
	conName1
	conName2
	conName3
	conName4
	conName5
	conTitle
	conScriptName
	conBirth
	conBirthTown
	conBirthCountry
	conNationality
	conPassport
	conPassportNote
	conNationalID
	conNationalIDNote
	conPosition
	conAddress1
	conAddress2
	conAddress3
	conAddress4
	conAddress5
	conAddress6
	conPostcode
	conCountry
	conOther
	conKind
	conAliasType
	conAliasQuality
	conRegime
	conListed
	conDesignated
	conGroup
	conWidth
)

var conColumns = []string{"Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title", "Name Non-Latin Script",
	"DOB", "Town of Birth", "Country of Birth", "Nationality", "Passport Number", "Passport Details",
	"National Identification Number", "National Identification Details", "Position", "Address 1", "Address 2", "Address 3",
	"Address 4", "Address 5", "Address 6", "Post/Zip Code", "Country", "Other Information", "Group Type", "Alias Type",
	"Alias Quality", "Regime", "Listed On", "UK Sanctions List Date Designated", "Group ID"}

type conRow [conWidth]string

func (*conRow) Columns() []string { return conColumns }

func (r *conRow) SetCell(i int, value string) error {
	r[i] = strings.TrimSpace(value)
	return nil
}

// readConList reads OFSI's consolidated list of asset freeze targets, which was
// retired on 28 January 2026 in favour of the UK Sanctions List. It is read for
// the past and always warned of.
func readConList(r *reading) {
	r.note(Superseded, r.at(0), "", "ConList.csv was retired on 2026-01-28; since then the UK Sanctions List is the only list of UK designations")
	rest, line, err := r.preamble("Group ID", "Name 6")
	if err != nil {
		r.fault(r.at(1), "", "", err)
		return
	}
	for row := range csvRecordsOf[conRow](r, rest, csvfile.Extra(), csvfile.FirstLine(line), csvfile.Require("Name 6", "Group ID")) {
		c, at := &row.Value, row.Source
		if c[conGroup] == "" {
			r.fault(at, "Group ID", "", errors.New("the row belongs to no group"))
			continue
		}
		d := r.draft(c[conGroup], at)
		if len(d.Designations) == 0 {
			d.addKey("uk-ofsi/" + c[conGroup])
		}
		act := d.act(r.list, "uk-ofsi/"+c[conGroup], sanctions.AuthorityUK, at)
		act.Measures = []sanctions.Measure{sanctions.Blocking}
		if c[conRegime] != "" && !slices.Contains(act.Programmes, c[conRegime]) {
			act.Programmes = append(act.Programmes, c[conRegime])
		}
		if act.Period.From.IsZero() {
			r.period(act, cmp.Or(c[conDesignated], c[conListed]), "", at)
		}
		if d.Kind == sanctions.KindUnknown {
			if d.Kind, err = sanctions.ParseKind(c[conKind]); err != nil {
				r.note(UnknownTerm, at, c[conKind], "the type of group is not known")
			}
		}
		ukName(d, c[conAliasType], c[conAliasQuality], at, c[conScriptName], c[conName1], c[conName2], c[conName3], c[conName4], c[conName5], c[conName6])
		d.addAddress(joinNonEmpty(", ", c[conAddress1], c[conAddress2], c[conAddress3], c[conAddress4], c[conAddress5], c[conAddress6], c[conPostcode]),
			c[conCountry], at)
		for _, n := range ukParts(c[conNationality]) {
			d.addCountry(n)
			d.addRemark("nationality", n, at)
		}
		for _, b := range ukParts(c[conBirth]) {
			d.Births = append(d.Births, parseSpan(b))
		}
		for _, f := range []struct {
			cell, note int
			scheme     sanctions.Scheme
		}{{conPassport, conPassportNote, sanctions.Passport}, {conNationalID, conNationalIDNote, sanctions.NationalID}} {
			for _, part := range ukParts(c[f.cell]) {
				ids, whole := numbersIn(part, f.scheme, "")
				for _, id := range ids {
					d.addIdentifier(id, at)
				}
				if !whole {
					d.addRemark(conColumns[f.cell], part, at)
				}
			}
			d.addRemark(conColumns[f.note], c[f.note], at)
		}
		d.addRemark("POB", joinNonEmpty(", ", c[conBirthTown], c[conBirthCountry]), at)
		for _, i := range []int{conTitle, conPosition, conOther} {
			d.addRemark(conColumns[i], c[i], at)
		}
	}
}
