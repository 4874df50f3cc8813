package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
)

// A strand is what the claims that tell of one dealing hang together by, each by its
// own words: the engagement id that a claim gives, else the id that it replaces or
// corrects, else its event and kind. Claims of several strands are one dealing where
// some claim carries the ids of both. Low and Point take its word for it. High does
// not: there each strand counts as a dealing, so that no claim lowers it by tying two
// together, and every denial speaks only against what it names itself.
//
// That makes High a monotone function of what is affirmed. For one authority it is
// 100·(1−∏(1−m/100)) over the strands, m being the greatest of what each told
// statement of the strand gives in each of its readings, times the weight of its
// evidence. The strand of a claim depends on its own words, and on those by which one
// source replaces or retells itself; a statement stays told whatever else is told; its
// readings are its own cells with the blanks as anybody who affirms tells them, or
// as grave as they can be, on each day that somebody names, and what goes on goes on until an end
// that speaks of it itself, so that another claim adds readings and takes none away; the number of dealings of a sort and the growth of
// their values are counted over strands, and in High an end lessens only where it is
// confirmed and nobody tells of the dealing after it; and evidence never weighs less
// for another source, which [Compile] checks. So a claim more can only make some m
// greater, or add one. What is filled in or held in common is among the readings of
// those who tell it, and adds nothing to High.
type strandWeight struct {
	strand int32
	weight int64 // of the evidence in High, in millionths
}

// strandsOf numbers the strands by claim; those of claims without any id follow the
// sets of claims that retell each other.
func strandsOf(all []relatedClaim, charged []int, loose forest, room *chains) []int32 {
	ties := forest(room.ints.take(numbers(all)))
	for n := range ties {
		ties[n] = n
	}
	for _, i := range charged {
		if c := &all[i]; c.strand != 0 && !c.denies() {
			if c.amends != 0 && (c.Polarity == claims.Correct || amendsItself(all, charged, c)) {
				ties.join(int(c.strand), int(c.amends))
			}
			if c.story != 0 {
				ties.join(int(c.strand), int(c.story))
			}
		}
	}
	out := room.strands.take(len(all))
	for n, i := range charged {
		if c := &all[i]; c.strand != 0 {
			out[i] = int32(ties.root(int(c.strand)))
		} else {
			out[i] = int32(numbers(all) + loose.root(n))
		}
	}
	return out
}

// amendsItself tells whether what a claim replaces was told by its own root. Another's word
// that a dealing replaces one of somebody else ties the two in Low and Point alone.
func amendsItself(all []relatedClaim, charged []int, c *relatedClaim) bool {
	return slices.ContainsFunc(charged, func(i int) bool { return all[i].dealing == c.amends && all[i].origin == c.origin })
}
