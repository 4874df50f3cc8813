package similarity

import (
	"fmt"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// Part is what happened to one word, or one run of words.
type Part struct {
	Outcome Outcome
	A, B    string               // the words as the names have them; empty where one lacks it
	Quality sanctions.Similarity // how well one stands for the other
	Weight  int                  // in thousandths of a distinctive word
}

// String is such as `typo: "sbanz" for "sabnz"`.
func (p Part) String() string {
	switch {
	case p.A == "":
		return fmt.Sprintf("%s: only the second has %q", p.Outcome, p.B)
	case p.B == "":
		return fmt.Sprintf("%s: only the first has %q", p.Outcome, p.A)
	case p.Outcome == Same:
		return fmt.Sprintf("same: %q", p.A)
	}
	return fmt.Sprintf("%s: %q and %q", p.Outcome, p.A, p.B)
}

// Reasons are the parts in words, for a reviewer.
func (c *Comparison) Reasons() []string {
	out := make([]string, len(c.Parts))
	for i, p := range c.Parts {
		out[i] = p.String()
	}
	return out
}

// parts lists what happened, in the order of the caller's first name.
func (s *Scorer) parts(swapped bool) []Part {
	first, second := &s.a, &s.b
	if swapped {
		first, second = second, first
	}
	if s.whole {
		return []Part{{Outcome: Joined, A: text(first.all), B: text(second.all), Quality: qualityJoined, Weight: names.WeightOne}}
	}
	if s.acro {
		return []Part{{Outcome: AcronymFor, A: text(first.all), B: text(second.all), Quality: weakThreshold, Weight: names.WeightOne}}
	}
	var out []Part
	if s.slips > 0 {
		out = append(out, Part{Outcome: AsWhole, A: text(first.all), B: text(second.all), Quality: s.slips, Weight: names.WeightOne})
	}
	if s.nasab {
		out = append(out, Part{Outcome: Contradiction, A: text(first.all), B: text(second.all)})
	}
	numbers := s.leftover(names.Number)
	places := s.leftover(names.Qualifier)
	honoured := s.leftover(names.Honorific)
	alone := func(x *names.Weighed, how Outcome) Outcome {
		if how == SeatOf {
			return how
		}
		if x.Class == names.Number && numbers || x.Class == names.Qualifier && places || x.Honoured() && honoured {
			return Contradiction
		}
		return how
	}
	for i := range int32(len(first.words)) {
		if first.to[i] >= 0 {
			if p, begins := paired(first, second, i); begins {
				out = append(out, p)
			}
		} else if x := first.word(i); first.how[i] != Translation { // else it is told with the legal forms
			out = append(out, Part{Outcome: alone(x, first.how[i]), A: x.Text, Weight: int(x.Weight)})
		}
	}
	for j := range int32(len(second.words)) {
		if y := second.word(j); second.to[j] < 0 && second.how[j] != Translation {
			out = append(out, Part{Outcome: alone(y, second.how[j]), B: y.Text, Weight: int(y.Weight)})
		}
	}
	for i := range first.all {
		if x := &first.all[i]; x.Mixed {
			out = append(out, Part{Outcome: LookAlike, A: x.Text})
		}
	}
	for i := range second.all {
		if y := &second.all[i]; y.Mixed {
			out = append(out, Part{Outcome: LookAlike, B: y.Text})
		}
	}
	if s.form1 {
		out = append(out, Part{Outcome: s.form, A: formText(first), B: formText(second)})
	}
	return out
}

// paired is what became of the i-th word of the first name and what it is paired with. Where
// several words are one thing, only the first of them begins a part.
func paired(first, second *side, i int32) (p Part, begins bool) {
	j := first.to[i]
	p = Part{Outcome: first.how[i], A: first.word(i).Text, B: second.word(j).Text,
		Quality: sanctions.Similarity(first.qual[i]), Weight: int(first.used[i])}
	again := i > 0 && first.to[i-1] == j
	switch p.Outcome {
	case Translation:
		p.A, p.B = first.text(i), second.text(j)
		return p, !again
	case Joined, Sounds:
		switch {
		case again:
			return p, false
		case int(i)+1 < len(first.words) && first.to[i+1] == j:
			p.A += " " + first.word(i+1).Text
			p.Weight = int(first.used[i+1])
		case int(j)+1 < len(second.words) && second.to[j+1] == i:
			p.B += " " + second.word(j+1).Text
		}
	}
	return p, true
}

// text is the phrase at i.
func (s *side) text(i int32) string {
	out := s.word(i).Text
	for k := int32(1); k < s.length(i); k++ {
		out += " " + s.word(i+k).Text
	}
	return out
}

// leftover reports whether both names have a word of the class to themselves.
func (s *Scorer) leftover(c names.Class) bool {
	left := func(of *side) bool {
		for i := range int32(len(of.words)) {
			if of.to[i] < 0 && of.how[i] != SeatOf && of.word(i).Class == c {
				return true
			}
		}
		return false
	}
	return left(&s.a) && left(&s.b)
}

func text(all []names.Weighed) string {
	var b strings.Builder
	for i := range all {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(all[i].Text)
	}
	return b.String()
}

// formText is the legal forms of a name, and the words that name the other's.
func formText(of *side) string {
	var out []string
	for i := range of.words {
		if of.to[i] < 0 && of.how[i] == Translation {
			out = append(out, of.word(int32(i)).Text)
		}
	}
	for _, i := range of.forms {
		out = append(out, of.all[i].Text)
	}
	return strings.Join(out, " ")
}
