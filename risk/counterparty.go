package risk

import (
	"fmt"
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// uncertain reports whether a standing has anything that is only possible, a
// measure that no list states among it.
func uncertain(st *sanctions.Standing) bool {
	for i := range st.Listings {
		l := &st.Listings[i]
		if a := l.Answer(); a == sanctions.Possible || a == sanctions.Yes && slices.ContainsFunc(l.Designations, unstatedMeasure) {
			return true
		}
	}
	return slices.ContainsFunc(st.Verdicts, func(v sanctions.Verdict) bool { return uncertainStatus(&v) })
}

// uncertainStatus reports whether a verdict says that a party may be owned, or
// controlled, by the listed.
func uncertainStatus(v *sanctions.Verdict) bool {
	return v.Status == sanctions.PossiblyOwned || v.Status == sanctions.ControlIndicated || v.Status == sanctions.OwnershipUnknown && len(v.Proof) > 0
}

func unstatedMeasure(d sanctions.Designation) bool { return len(d.Measures) == 0 }

// openUnstated lets the high score take a programme that no list states of a
// counterparty that is blocked, or may be, for a Russian one.
func (c *course) openUnstated(maybe func() *Facts, high *Facts) {
	blocked := bit(standings, string(sanctions.Blocking))
	if high.words[slotProgramme] == nil && (high.terms[slotCP]|high.terms[slotNow])&blocked != 0 && high.terms[slotRussia] != no {
		maybe().words[slotProgramme] = c.rules.russianProgrammes
	}
}

// addOwners puts in the programmes of the listed parties that own the other side,
// on any of the days at which it was screened.
func (c *course) addOwners(f *Facts, at [3]int, possible bool) error {
	var programmes []string
	for i, n := range at {
		if i > 0 && n == at[i-1] {
			continue
		}
		s := c.screened[n]
		for v := range s.standing.Verdicts {
			verdict := &s.standing.Verdicts[v]
			if verdict.Status != sanctions.Owned && !(possible && uncertainStatus(verdict)) {
				continue
			}
			for k := range verdict.Proof[:min(len(verdict.Proof), maxOwners)] {
				stake := &verdict.Proof[k]
				owner, err := c.screen(stake.OwnerID, stake.OwnerName, s.day)
				if err != nil {
					return err
				}
				st := &c.screened[owner].standing
				for l := range st.Listings {
					if st.Listings[l].Answer() != sanctions.Yes {
						continue
					}
					for d := range st.Listings[l].Designations {
						programmes = appendAll(programmes, st.Listings[l].Designations[d].Programmes)
					}
				}
			}
		}
	}
	f.words[slotOwnerProgramme] = programmes
	return nil
}

// maxOwners bounds the stakes of a verdict whose owners are looked at.
const maxOwners = 16

// addCounterparty puts in what is said of the other side on the day of the dealing
// and now. Where that day is known only to lie between two, what holds on one of
// them is possible, and certain is what holds on both.
func (f *Facts) addCounterparty(early, then, now *sanctions.Standing, possible bool) {
	f.addOther(then, slotCP, slotProgramme, possible)
	f.addOther(now, slotNow, slotNowProgramme, possible)
	if early != then {
		var g Facts
		g.addOther(early, slotCP, slotProgramme, possible)
		for i := slotCP; i < slotCP+len(authoritySuffixes); i++ {
			if possible {
				f.terms[i] = (f.terms[i] | g.terms[i]) &^ bitNone
				if f.terms[i] == 0 {
					f.terms[i] = bitNone
				}
			} else {
				f.terms[i] &= g.terms[i]
			}
		}
		if words := &f.words[slotProgramme]; possible {
			*words = appendAll(*words, g.words[slotProgramme])
		} else if kept := slices.DeleteFunc(slices.Clone(*words), func(w string) bool { return !slices.Contains(g.words[slotProgramme], w) }); len(kept) > 0 || len(*words) == 0 {
			*words = kept
		} else {
			*words = nil
		}
	}
	f.terms[slotSecondary] = max(secondaryRisk(then, possible)&yes, secondaryRisk(now, possible)&yes)
	if f.terms[slotSecondary] == 0 {
		f.terms[slotSecondary] = no
	}
	var countries []string
	for _, st := range [...]*sanctions.Standing{then, now} {
		countries = appendAll(countries, st.Party.Countries)
		for i := range st.Listings {
			if l := &st.Listings[i]; l.Party != nil && l.Answer() == sanctions.Yes {
				countries = appendAll(countries, l.Party.Countries)
			}
		}
	}
	f.words[slotCPCountry] = countries
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

// sameStanding tells whether two standings say the same of a party in short.
func sameStanding(a, b *sanctions.Standing) bool {
	var f, g Facts
	f.addStanding(a, slotCP, slotProgramme, true)
	g.addStanding(b, slotCP, slotProgramme, true)
	return f.terms == g.terms && slices.Equal(f.words[slotProgramme], g.words[slotProgramme])
}

// screenAll asks about a counterparty on three days.
func (c *course) screenAll(other otherSide, days ...sanctions.Date) (at [3]int, err error) {
	for i, day := range days {
		if i > 0 && day == days[i-1] {
			at[i] = at[i-1]
		} else if at[i], err = c.screen(other.id, other.name, day); err != nil {
			break
		}
	}
	return at, err
}

// screen asks about a counterparty, once a day and assessment.
func (c *course) screen(id, name string, on sanctions.Date) (int, error) {
	key := screenKey{id, name, on}
	if at, ok := c.seen[key]; ok {
		return at, nil
	}
	if len(c.seen) == 0 { // few are many enough to look through
		for at, s := range c.screened {
			if s.screenKey == key {
				return at, nil
			}
		}
	}
	party := sanctions.Party{ID: id}
	if name != "" {
		party.Names = []sanctions.Name{{Text: name, Type: sanctions.NamePrimary}}
	}
	s := &c.standings.take(1)[0]
	var err error
	if s.standing, err = c.screener.Screen(party, on); err != nil {
		return 0, fmt.Errorf("screening counterparty %s%s of %s: %w", id, name, c.subject.firm.ID, err)
	}
	if name == "" && len(s.standing.Party.Names) > 0 {
		name = s.standing.Party.Names[0].Text
	}
	s.screenKey, s.body = key, c.bodyOf(name)
	c.screened = append(c.screened, s)
	if len(c.screened) == 16 {
		for at, s := range c.screened {
			c.seen[s.screenKey] = at
		}
	} else if len(c.seen) > 0 {
		c.seen[key] = len(c.screened) - 1
	}
	return len(c.screened) - 1, nil
}
