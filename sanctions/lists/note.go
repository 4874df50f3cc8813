package lists

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// note is a defect met so many times in one file, with the first places.
type note struct {
	defect Defect
	text   string
	file   string
	count  int
	places []*sanctions.Fault
}

// note counts a defect of a row. The text says what is the matter without the
// value, so that alike defects are told in one line.
func (l *list) note(defect Defect, at sanctions.Source, value, text string) {
	i := slices.IndexFunc(l.notes, func(n note) bool {
		return n.defect == defect && n.text == text && n.file == at.File
	})
	if i < 0 {
		i = len(l.notes)
		l.notes = append(l.notes, note{defect: defect, text: text, file: at.File})
	}
	n := &l.notes[i]
	n.count++
	if len(n.places) < sanctions.MaxFaults {
		n.places = append(n.places, &sanctions.Fault{Source: at, Value: value, Err: fmt.Errorf("%w: %s", defect, text)})
	}
}

// settle turns notes into warnings, or into faults where the caller refuses
// their defect. A defect that would have been a fault is accepted in so many words.
func (l *list) settle(cfg *config) (warnings []string, accepted []sanctions.Accepted, faults []error) {
	slices.SortStableFunc(l.notes, func(a, b note) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.defect, b.defect), cmp.Compare(a.text, b.text))
	})
	for _, n := range l.notes {
		if cfg.fatal[n.defect] {
			for _, p := range n.places {
				faults = append(faults, p)
			}
			if more := n.count - len(n.places); more > 0 {
				faults = append(faults, fmt.Errorf("%s: %w: %d more rows", n.file, n.defect, more))
			}
			continue
		}
		first, values := n.places[0], n.values()
		text := fmt.Sprintf("%s: %s", n.defect, n.text)
		switch {
		case first.Line > 0 && n.count > 1:
			text += fmt.Sprintf(" (%d times, first at %v)", n.count, first.Source)
		case first.Line > 0:
			text += fmt.Sprintf(" (%v)", first.Source)
		}
		if values != "" && first.Line > 0 {
			text += ", such as " + values
		}
		warnings = append(warnings, text)
		for _, f := range fatalDefects {
			if f.defect == n.defect {
				accepted = append(accepted, sanctions.Accepted{Condition: f.condition, What: text})
			}
		}
	}
	return warnings, accepted, faults
}

// values quotes the first few different values of a note.
func (n *note) values() string {
	var quoted []string
	for _, p := range n.places {
		if q := strconv.Quote(clip(p.Value)); p.Value != "" && !slices.Contains(quoted, q) && len(quoted) < 3 {
			quoted = append(quoted, q)
		}
	}
	return strings.Join(quoted, ", ")
}

// clip shortens a value that is shown as an example.
func clip(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}
