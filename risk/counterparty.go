package risk

import (
	"fmt"
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
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
				st := c.screened[owner].standing
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
func (f *Facts) addCounterparty(early, then, now *screened, possible bool) {
	t, n := then.says(possible), now.says(possible)
	copy(f.terms[slotCP:slotCP+authorityGroups], t.standing[:])
	copy(f.terms[slotNow:slotNow+authorityGroups], n.standing[:])
	f.words[slotProgramme], f.words[slotNowProgramme] = t.programmes, n.programmes
	if early != then {
		f.addEarlier(early.says(possible), possible)
	}
	f.terms[slotSecondary] = no
	if t.secondary == yes || n.secondary == yes {
		f.terms[slotSecondary] = yes
	}
	f.words[slotCPCountry] = t.countries
	if now != then {
		f.words[slotCPCountry] = appendAll(slices.Clip(t.countries), n.countries)
	}
}

// addEarlier takes in what is said of the other side on the earliest day that the dealing
// may have been.
func (f *Facts) addEarlier(early *partyFacts, possible bool) {
	for g, v := range early.standing {
		at := &f.terms[slotCP+g]
		if !possible {
			*at &= v
		} else if *at = (*at | v) &^ bitNone; *at == 0 {
			*at = bitNone
		}
	}
	words := &f.words[slotProgramme]
	if possible {
		*words = appendAll(slices.Clip(*words), early.programmes)
	} else if kept := slices.DeleteFunc(slices.Clone(*words), func(w string) bool { return !slices.Contains(early.programmes, w) }); len(kept) > 0 || len(*words) == 0 {
		*words = kept
	} else {
		*words = nil
	}
}

// sameStanding tells whether two standings say the same of a party in short.
func sameStanding(a, b *screened) bool {
	x, y := a.says(true), b.says(true)
	return x.standing == y.standing && slices.Equal(x.programmes, y.programmes)
}

// meetings finds, latest first, where the other side stood for a time within a dealing
// when lists said more of it than on the last known day, from the earliest day on which
// the dealing may have begun. They stand until another is asked about.
func (c *course) meetings(r *reading) ([]meeting, error) {
	first, _ := r.starts()
	if r.counterparty == (otherSide{}) || first.IsZero() || !first.Before(r.conduct) {
		return nil, nil
	}
	asked := walk{r.counterparty.id, r.counterparty.name, first, r.conduct}
	if c.walked == asked {
		return c.met, nil
	}
	c.walked = walk{}
	var then *screened
	var out []meeting
	for day := r.conduct; ; {
		at, err := c.screen(r.counterparty.id, r.counterparty.name, day)
		if err != nil {
			return nil, err
		}
		s := c.screened[at]
		if then == nil {
			then = s
		} else if s.adds(then) {
			out = append(out, meeting{at, day, s.standing.Holds})
		}
		before := s.standing.Holds.From.AddDays(-1)
		if !first.Before(s.standing.Holds.From) || !before.Before(day) {
			c.walked, c.met = asked, out
			return out, nil
		}
		day = before
	}
}

// adds tells whether a standing says of a party what another does not.
func (s *screened) adds(to *screened) bool {
	mine, others := s.says(true), to.says(true)
	for g, v := range mine.standing {
		if v&^bitNone&^others.standing[g] != 0 {
			return true
		}
	}
	return slices.ContainsFunc(mine.programmes, func(p string) bool { return !slices.Contains(others.programmes, p) })
}

// during is the last day of a meeting on which the dealing went on by each of some
// readings; unknown where one of them does not say that it did.
func (m *meeting) during(readings []reading) sanctions.Date {
	from, last := m.holds.From, m.day
	for i := range readings {
		r := &readings[i]
		_, started := r.starts()
		if r.stage != claims.Operating && r.stage != claims.Completed || started.IsZero() {
			return sanctions.Date{}
		}
		from, last = later(from, started), earlier(last, r.early)
	}
	if last.Before(from) {
		return sanctions.Date{}
	}
	return last
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
	s := &c.asked.take(1)[0]
	s.standing = &c.standings.take(1)[0]
	var err error
	if *s.standing, err = c.screener.Screen(party, on); err != nil {
		return 0, fmt.Errorf("screening counterparty %s%s of %s: %w", id, name, c.subject.firm.ID, err)
	}
	if name == "" && len(s.standing.Party.Names) > 0 {
		name = s.standing.Party.Names[0].Text
	}
	s.screenKey, s.body, s.uncertain = key, c.bodyOf(name), uncertain(s.standing)
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
