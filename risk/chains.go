package risk

import "iter"

// chains is the memory in which claims are chained by what they have in common, so that
// nobody compares each with every other.
type chains struct {
	ints    slab[int]
	strands slab[int32]
	groups  [][]int
	links   []link
	marks   []rootMark // by number of a root: see marksFor
}

func (s *chains) reset() {
	s.ints.reset()
	s.strands.reset()
	clear(s.groups)
}

// rootMark is what is known of a root while roots are gathered.
type rootMark struct {
	place     int32 // among them, from 1
	anonymous bool  // some claim has it of anonymous sources
}

// marksFor is room to mark the roots of claims. It is clear, and is left so.
func (s *chains) marksFor(all []relatedClaim) []rootMark {
	if len(s.marks) < len(all) {
		s.marks = make([]rootMark, len(all))
	}
	return s.marks
}

// forest is sets that are joined, each with its least member as root.
type forest []int

func (f forest) root(x int) int {
	for f[x] != x {
		f[x] = f[f[x]]
		x = f[x]
	}
	return x
}

func (f forest) join(x, y int) {
	a, b := f.root(x), f.root(y)
	f[max(a, b)] = min(a, b)
}

// numbers bounds the numbers that a subject gives to what ties claims together: a
// claim has six at most.
func numbers(all []relatedClaim) int { return 6*len(all) + 1 }

// tied finds claims, and the groups that they are of, by a number that they have: so
// that nobody compares what he speaks of with everything that there is.
type tied struct {
	*chains
	last []int // by number: a link, from 1
	seen []int // by group: who found it last, from 1
}

// link is a claim that has a number, and the places of the link before and of the last
// one before that is of another group.
type link struct{ claim, group, before, apart int }

// tied is ready for the claims of some groups. Of one memory there is one at a time.
func (s *chains) tied(all []relatedClaim, groups int) tied {
	s.links = s.links[:0]
	return tied{s, s.ints.take(numbers(all)), s.ints.take(groups)}
}

func (t tied) add(number int32, claim, group int) {
	if number == 0 {
		return
	}
	before := t.last[number]
	apart := before
	if before > 0 && t.links[before-1].group == group {
		apart = t.links[before-1].apart
	}
	t.links = append(t.links, link{claim, group, before, apart})
	t.last[number] = len(t.links)
}

// claims are those with a number.
func (t tied) claims(number int32) iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := t.last[number]; at > 0 && yield(t.links[at-1].claim); at = t.links[at-1].before {
		}
	}
}

// groups are those with a claim for which it is so, among claims with one of the
// numbers, each once for one who asks.
func (t tied) groups(who int, is func(claim int) bool, numbers ...int32) iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, number := range numbers {
			if number == 0 {
				continue
			}
			for at := t.last[number]; at > 0; {
				l := t.links[at-1]
				switch {
				case t.seen[l.group] == who+1:
					at = l.apart
				case !is(l.claim):
					at = l.before
				default:
					if t.seen[l.group], at = who+1, l.apart; !yield(l.group) {
						return
					}
				}
			}
		}
	}
}

// byRoot is claims chained by their roots. Of one memory there is one at a time.
type byRoot struct {
	claims []relatedClaim
	of     []int
	before []int // the one before of the same root, by position from 1
	marks  []rootMark
}

func (s *chains) byRoot(all []relatedClaim, of []int) byRoot {
	b := byRoot{all, of, s.ints.take(len(of)), s.marksFor(all)}
	for n, i := range of {
		mark := &b.marks[all[i].origin]
		b.before[n], mark.place = int(mark.place), int32(n+1)
	}
	return b
}

// some tells whether it is so of some claim of the same root.
func (b *byRoot) some(c *relatedClaim, is func(i int) bool) bool {
	for n := int(b.marks[c.origin].place); n > 0; n = b.before[n-1] {
		if is(b.of[n-1]) {
			return true
		}
	}
	return false
}

func (b *byRoot) release() {
	for _, i := range b.of {
		b.marks[b.claims[i].origin] = rootMark{}
	}
}
