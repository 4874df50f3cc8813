package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// Screener tells where a party stands as of a date, and what was looked at to
// say so. screening.Screener is one. Assess asks it for the firm, and for each
// counterparty as of the last known day of the dealing and as of the date of the
// assessment, and, where the standing did not yet hold when the dealing began, as of the
// days before. One that leaves the Holds of its standings empty says that they never
// change: see [sanctions.Steady]. A Scorer is as safe for concurrent use as its Screener.
type Screener interface {
	Screen(party sanctions.Party, asOf sanctions.Date) (sanctions.Standing, error)
	Coverage() sanctions.Coverage
}

// group numbers the authorities that have facts of their own; see
// authoritySuffixes. Another authority's list counts as in-house: it is shown,
// and rules may ask about it, but no published law stands behind it here.
func authorityGroup(a sanctions.Authority) int {
	switch a {
	case sanctions.AuthorityOFAC, sanctions.AuthorityState, sanctions.AuthorityBIS:
		return 0
	case sanctions.AuthorityEU:
		return 1
	case sanctions.AuthorityUK:
		return 2
	case sanctions.AuthorityUN:
		return 3
	case sanctions.AuthorityCH:
		return 4
	case sanctions.AuthorityCA:
		return 5
	case sanctions.AuthorityAU:
		return 6
	case sanctions.AuthorityJP:
		return 7
	case sanctions.AuthorityUA:
		return 8
	}
	return authorityGroups - 1
}

// authorityGroups is how many there are.
const authorityGroups = 10

// regimeTerm says which fact an ownership verdict speaks to and by what name a
// party so owned is called there. BIS and the sectoral directives restrict, and
// do not block, what their listed parties own.
func regimeTerm(regime string) (group int, owned string) {
	switch regime {
	case "us-ofac":
		return 0, "owned"
	case "us-ofac-ssi":
		return 0, "ssi_owned"
	case "us-bis":
		return 0, "bis_owned"
	case "eu":
		return 1, "owned"
	case "uk":
		return 2, "owned"
	case "ch":
		return 4, "owned"
	case "ca":
		return 5, "owned"
	case "au":
		return 6, "owned"
	}
	return authorityGroups - 1, "owned"
}

var (
	bitNone          = bit(standings, "none")
	bitPossiblyOwned = bit(standings, "possibly_owned")
	bitControl       = bit(standings, "control_indicated")
	bitMinority      = bit(standings, "minority")
	bitsPossible     = bitPossiblyOwned | bitControl
)

// addStanding puts into the facts from slot on what the lists and registers say
// of a party, and the programmes into words. What is only possible, a weaker name
// match or a stake whose bounds straddle the threshold, is put in when possible is
// set: it belongs to the high score and to no other.
func (f *Facts) addStanding(st *sanctions.Standing, slot, words int, possible bool) {
	masks := f.terms[slot : slot+len(authoritySuffixes)]
	programmes, unstated := f.words[words], false
	for i := range st.Listings {
		l := &st.Listings[i]
		if a := l.Answer(); a != sanctions.Yes && !(possible && a == sanctions.Possible) {
			continue
		}
		for j := range l.Designations {
			d := &l.Designations[j]
			g := authorityGroup(d.Authority)
			if len(d.Measures) == 0 { // listed, and nobody says to what effect: it may be the gravest
				masks[g] |= bit(standings, string(sanctions.OtherMeasure))
				if possible {
					masks[g] |= bit(standings, string(sanctions.Blocking))
				}
			}
			for _, m := range d.Measures {
				masks[g] |= bit(standings, string(m))
			}
			programmes = appendAll(programmes, d.Programmes)
			unstated = unstated || len(d.Programmes) == 0
		}
	}
	if programmes == nil && !unstated {
		programmes = []string{} // known to be none
	}
	for i := range st.Verdicts {
		v := &st.Verdicts[i]
		g, owned := regimeTerm(v.Regime)
		switch v.Status {
		case sanctions.Owned:
			masks[g] |= bit(standings, owned)
		case sanctions.PossiblyOwned, sanctions.OwnershipUnknown:
			if v.Status == sanctions.OwnershipUnknown && len(v.Proof) == 0 {
				continue // no listed owner is known
			}
			masks[g] |= bitPossiblyOwned
			if possible {
				masks[g] |= bit(standings, owned)
			}
		case sanctions.ControlIndicated:
			masks[g] |= bitControl
			if possible && g != 0 { // the law there is "owned or controlled"
				masks[g] |= bit(standings, owned)
			}
		case sanctions.Minority:
			masks[g] |= bitMinority
		}
	}
	for g := range masks {
		if masks[g] == 0 {
			masks[g] = bitNone
		}
	}
	f.words[words] = programmes
}

// kindsOfRussia are the kinds that mean a dealing with Russia.
var kindsOfRussia = bit(kinds, claims.ArmsPurchase) | bit(kinds, claims.MaintenancePurchase) | bit(kinds, claims.ComponentSupply) | bit(kinds, claims.ArmsSupply)

// nexus tells whether the counterparty that the facts describe is Russian: yes by
// the List of Specified Persons, a programme that lists in respect of Russia, its
// own or its owners', or its country; no when its programmes or countries are known
// and none is. Somebody whom the United States block over Iran is no Russian, and
// nor is what he owns. Where nothing of it is known, a dealing that a source says
// went to or from Russia, or was had jointly, had its other side there, as has one
// of a kind that means just that; else it is unknown.
func (rs *Ruleset) nexus(f *Facts) uint64 {
	if (f.terms[slotCP]|f.terms[slotNow])&bit(standings, string(sanctions.SpecifiedPerson)) != 0 ||
		f.terms[slotBody]&^bit(bodyTerms, "none") != 0 {
		return yes
	}
	known := false
	for _, words := range [...][]string{f.words[slotProgramme], f.words[slotNowProgramme], f.words[slotOwnerProgramme]} {
		for _, p := range words {
			known = true
			if rs.russian(p) {
				return yes
			}
		}
	}
	for _, country := range f.words[slotCPCountry] {
		known = true
		if country == "RU" {
			return yes
		}
	}
	switch {
	case known:
		return no
	case f.terms[slotDirection]&(bit(directions, claims.ToRussia)|bit(directions, claims.FromRussia)|bit(directions, claims.Joint)) != 0,
		f.terms[slotKind]&kindsOfRussia != 0:
		return yes
	}
	return 0
}

// secondaryRisk tells whether a certain listing warns of Russia-related secondary
// sanctions. The Iran-related warning of the same wording is another matter.
func secondaryRisk(st *sanctions.Standing, possible bool) uint64 {
	for i := range st.Listings {
		l := &st.Listings[i]
		if a := l.Answer(); l.Party == nil || a != sanctions.Yes && !(possible && a == sanctions.Possible) {
			continue
		}
		if slices.ContainsFunc(l.Party.SecondaryRisk, func(r sanctions.SecondaryRisk) bool { return r.Russia }) {
			return yes
		}
	}
	return no
}

// ownerShare is the largest share of listed owners that is certain under any
// regime but that of BIS; unknown where no register says anything.
func ownerShare(st *sanctions.Standing) numeral {
	var out numeral
	for i := range st.Verdicts {
		v := &st.Verdicts[i]
		if v.Status == sanctions.OwnershipUnknown || v.Status == sanctions.ListedUnderRegime {
			continue
		}
		if v.Regime == "us-bis" {
			continue // export control: its owners restrict, and the rule comes and goes
		}
		// A share counts ten-millionths of a percent; a fact, millionths.
		share := int64(v.Share.Low) / (int64(sanctions.Percent) / million)
		if !out.known || share > out.value {
			out = numeral{share, true}
		}
	}
	return out
}

// screened is a counterparty's standing, kept for the length of one assessment.
type screened struct {
	screenKey
	standing  *sanctions.Standing
	body      uint64             // of the Russian state, by its name
	uncertain bool               // see uncertain
	sources   []sanctions.Source // see places
	gathered  bool               // the sources are
	facts     [2]partyFacts      // certain, and what may be besides
}

// partyFacts is what a standing says of another than the firm.
type partyFacts struct {
	known                 bool // worked out
	standing              [authorityGroups]uint64
	programmes, countries []string
	secondary             uint64
}

// says is what the standing says of the party, worked out when it is first asked for.
func (s *screened) says(possible bool) *partyFacts {
	p := &s.facts[oneIf(possible)]
	if p.known {
		return p
	}
	var f Facts
	f.addOther(s.standing, slotCP, slotProgramme, possible)
	copy(p.standing[:], f.terms[slotCP:])
	p.known, p.programmes, p.secondary = true, f.words[slotProgramme], secondaryRisk(s.standing, possible)
	p.countries = appendAll(p.countries, s.standing.Party.Countries)
	for i := range s.standing.Listings {
		if l := &s.standing.Listings[i]; l.Party != nil && l.Answer() == sanctions.Yes {
			p.countries = appendAll(p.countries, l.Party.Countries)
		}
	}
	return p
}

// places are [standingSources] of the standing, gathered when they are asked for.
func (s *screened) places() []sanctions.Source {
	if !s.gathered {
		s.sources, s.gathered = standingSources(s.standing), true
	}
	return s.sources
}

type screenKey struct {
	id, name string
	day      sanctions.Date
}

// standingSources are the places that state a party's listings and the stakes
// its ownership verdicts rest on.
func standingSources(st *sanctions.Standing) []sanctions.Source {
	var out []sanctions.Source
	for i := range st.Listings {
		if st.Listings[i].Answer() < sanctions.Possible {
			continue
		}
		for j := range st.Listings[i].Designations {
			if from := st.Listings[i].Designations[j].Sources; out == nil {
				out = slices.Clip(from) // shared, and copied when more come
			} else {
				out = append(out, from...)
			}
		}
	}
	for i := range st.Verdicts {
		for j := range st.Verdicts[i].Proof {
			if source := st.Verdicts[i].Proof[j].Source; !slices.Contains(out, source) {
				out = append(out, source)
			}
		}
	}
	return out
}

// addOther is addStanding for another than the firm: ownership and control that
// are only possible belong to the high score alone, and there a party that may be
// owned or controlled counts as one that is.
func (f *Facts) addOther(st *sanctions.Standing, slot, words int, possible bool) {
	f.addStanding(st, slot, words, possible)
	if possible {
		return
	}
	for i := slot; i < slot+len(authoritySuffixes); i++ {
		f.terms[i] &^= bitsPossible
	}
}
