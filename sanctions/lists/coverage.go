package lists

import (
	"slices"

	"github.com/sanctionrisk/exposure/sanctions"
)

// gaps lists what was not looked at: each row of the table that neither a list
// by its name or format nor a designation by its measure closes.
func gaps(m *Manifest, parties []sanctions.Party) []sanctions.Gap {
	type effect struct {
		authority sanctions.Authority
		measure   sanctions.Measure
	}
	found := make(map[effect]bool)
	for i := range parties {
		for _, d := range parties[i].Designations {
			for _, measure := range d.Measures {
				found[effect{d.Authority, measure}] = true
			}
		}
	}
	var out []sanctions.Gap
	for _, row := range table("gaps.csv") {
		authority := sanctions.Authority(row["authority"])
		closed := row["measures"] != "" && found[effect{authority, mustMeasure(row["measures"])}] ||
			slices.ContainsFunc(m.Files, func(f File) bool {
				return formats[formatRank(f.Format)].read != nil && (f.Format == row["formats"] || matchesAny(row["lists"], f.List))
			})
		if !closed {
			out = append(out, sanctions.Gap{Authority: authority, What: row["what"], Why: row["why"]})
		}
	}
	return out
}
