package lists

import (
	"fmt"
	"strconv"
)

// minFillParties is the least number of parties of which a share says anything.
const minFillParties = 20

// checkFill holds a list to what its publisher always fills: a column that came
// empty, or stands under another header, shows here and nowhere else.
func (l *list) checkFill(parties []*draft) {
	if len(parties) < minFillParties {
		return
	}
	for _, row := range table("fill.csv") {
		for _, f := range l.files {
			if f.Format != row["format"] {
				continue
			}
			filled := 0
			for _, d := range parties {
				if d.states(row["fact"]) {
					filled++
				}
			}
			least, err := strconv.Atoi(row["percent"])
			if err != nil {
				panic("fill.csv: " + err.Error())
			}
			if filled*100 < least*len(parties) {
				l.note(Sparse, f.Source, "", fmt.Sprintf("%s: %d of %d parties state their %s where %d %% are expected: %s",
					f.Path, filled, len(parties), row["fact"], least, row["why"]))
			}
		}
	}
}

// states reports whether a party's record has a fact.
func (d *draft) states(fact string) bool {
	if fact == "kind" {
		return d.Kind != ""
	}
	for i := range d.Designations {
		act := &d.Designations[i]
		switch {
		case fact == "programme" && len(act.Programmes) > 0,
			fact == "listed_from" && !act.Period.From.IsZero(),
			fact == "authority" && act.Authority != "":
			return true
		}
	}
	return false
}
