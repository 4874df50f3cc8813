package risk

import (
	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// told is what is told of a firm: claims in canonical order, with what ties them to each
// other.
type told struct {
	claims []relatedClaim
	sorts  []Facts // of scope claim, that claims have
}

// tieTogether finds the roots of claims, and numbers what they have in common.
func tieTogether(all []relatedClaim) told {
	t := told{claims: all}
	reported := make([]*claims.Claim, len(all))
	for i := range all {
		reported[i] = &all[i].Claim
	}
	from, asked := newOrigins(reported), asksAbout(reported)
	numbers, sorts := make(numbering, 2*len(all)), map[claimTerms]int32{}
	roots, places, refs := make([]string, len(all)), make([]sanctions.Source, len(all)), make([]assessment.ClaimRef, len(all))
	for i := range all {
		c := &all[i]
		c.root, c.origin = from.of(i)
		roots[i], places[i], refs[i] = c.root, c.Source, newRef(&c.Claim, c.root)
		c.roots, c.places, c.ref = roots[i:i+1:i+1], places[i:i+1:i+1], &refs[i]
		numbers.tie(c, asked)
		if story := from.stories[i]; c.root != "" && story != 0 { // told again under another id
			c.story = numbers.of(tie{origin: c.origin, story: story})
		}
		terms := c.claimTerms()
		n, ok := sorts[terms]
		if !ok {
			n = int32(len(t.sorts))
			sorts[terms], t.sorts = n, append(t.sorts, terms.facts())
		}
		c.sort = n
	}
	supersede(all)
	return t
}

// tie is what may tie claims together: the id of a dealing, an event, dealings of one
// sort at an event, one story of one root, or one kind and other side.
type tie struct {
	event         bool
	id, sort      string
	origin, story int32
}

// numbering gives ties their numbers, from 1.
type numbering map[tie]int32

func (n numbering) of(t tie) int32 {
	number, ok := n[t]
	if !ok {
		number = int32(len(n) + 1)
		n[t] = number
	}
	return number
}

// tie numbers what the ids of a claim tie it to.
func (n numbering) tie(c *relatedClaim, asked asking) {
	c.dealing, c.occasion, c.event, c.course, c.amends, c.story = 0, 0, 0, 0, 0, 0
	if c.EngagementID != "" {
		c.dealing = n.of(tie{id: c.EngagementID})
	}
	if c.EventID != "" {
		c.occasion = n.of(tie{event: true, id: c.EventID, sort: occasionSort(&c.Claim)})
		if c.Polarity == claims.Correct && c.SupersedesID != "" { // it names what it corrects
			c.occasion = 0
		}
	}
	if asked.event && c.EventID != "" {
		c.event = n.of(tie{event: true, id: c.EventID, story: noStory})
	}
	if asked.course {
		c.course = n.of(courseOf(&c.Claim))
	}
	if c.SupersedesID != "" {
		c.amends = n.of(tie{id: c.SupersedesID})
	}
	switch {
	case c.dealing != 0:
		c.strand = c.dealing
	case c.amends != 0:
		c.strand = c.amends
	default:
		c.strand = c.occasion
	}
}

// asking is what claims are asked that few subjects have reason to ask: by denials, by
// the talk of groups and by several dealings at which event they are, and by ends of what
// course.
type asking struct{ event, course bool }

func asksAbout(reported []*claims.Claim) (a asking) {
	var first *claims.Claim // at an event
	for _, c := range reported {
		if first == nil && c.EventID != "" {
			first = c
		}
		a.event = a.event || first != nil && c.EventID != "" && c.Kind != first.Kind
		a.event = a.event || c.Polarity != claims.Affirm || c.SubjectType == claims.SubjectGroup || c.Participation != ""
		a.course = a.course || c.Stage == claims.Suspended || c.Stage == claims.Exited
	}
	return a
}

// courseOf is what an end and the dealing that it ends have in common.
func courseOf(c *claims.Claim) tie {
	if c.CounterpartyID != "" {
		return tie{id: c.CounterpartyID, sort: string(c.Kind), story: noStory}
	}
	return tie{id: sourceKey(c.CounterpartyName), sort: string(c.Kind), story: noStory - 1}
}

// occasionSort tells dealings at one event apart: by kind, however far they came, so that
// talk over a contract and the contract are one. A delegation meets.
func occasionSort(c *claims.Claim) string {
	if c.Kind == claims.Delegation {
		return string(claims.Meeting)
	}
	return string(c.Kind)
}

// claimTerms are the facts of scope claim, for imputation, in the order of claimSlots.
type claimTerms [6]uint64

var claimSlots = [len(claimTerms{})]int{slotRelation, slotSubjectType, slotCapacity, slotParticipation, slotPolarity, slotKind}

func (c *relatedClaim) claimTerms() claimTerms {
	return claimTerms{bit(relations, c.relation), bit(subjectTypes, c.SubjectType), bit(capacities, orElse(c.Capacity, claims.UnknownCapacity)),
		bit(participations, orElse(c.Participation, claims.ParticipationUnknown)), bit(polarities, c.Polarity), bit(kinds, c.Kind)}
}

func (t claimTerms) facts() (f Facts) {
	for i, slot := range claimSlots {
		f.terms[slot] = t[i]
	}
	return f
}
