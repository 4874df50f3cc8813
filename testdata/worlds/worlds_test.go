package worlds_test

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"log"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
	"github.com/sanctionrisk/exposure/testdata/worlds"
)

func ExampleMoscowTalks() {
	snapshot, manifest, err := lists.Open(worlds.MoscowTalks(), lists.AsOf(sanctions.MustParseDate("2026-03-31")))
	if err != nil {
		log.Fatal(err)
	}
	party, _ := snapshot.Party("us-ofac-sdn:18782")
	for _, day := range []string{"2015-01-01", "2018-01-01", "2026-03-31"} {
		fmt.Println(party.Name(), day, len(party.InForce(sanctions.MustParseDate(day))))
	}
	fmt.Println(manifest.Paths("claims"))
	// Output:
	// ROSOBORONEKSPORT OAO 2015-01-01 0
	// ROSOBORONEKSPORT OAO 2018-01-01 1
	// ROSOBORONEKSPORT OAO 2026-03-31 2
	// [claims.csv]
}

// rows reads a file of the world as one map a row.
func rows(t *testing.T, name string) []map[string]string {
	t.Helper()
	text, err := fs.ReadFile(worlds.MoscowTalks(), name)
	require.NoError(t, err)
	records, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	require.NoError(t, err)
	out := make([]map[string]string, 0, len(records)-1)
	for _, record := range records[1:] {
		row := make(map[string]string, len(record))
		for i, cell := range record {
			row[records[0][i]] = cell
		}
		out = append(out, row)
	}
	return out
}

// The article states twenty facts; each claim taken from it names the fact in its
// note. A fact without a claim would be a loss.
func TestEveryFactOfTheArticleIsAClaim(t *testing.T) {
	claims := rows(t, "claims.csv")
	for n := 1; n <= 20; n++ {
		fact := fmt.Sprintf("Article fact %d", n)
		found := false
		for _, c := range claims {
			_, after, ok := strings.Cut(c["note"], fact)
			if ok && (after == "" || after[0] < '0' || after[0] > '9') {
				found = true
			}
		}
		assert.True(t, found, "%s has no claim", fact)
	}
}

// What the article says of a person, a group, a state or an absence must not stand
// as a firm's own dealing.
func TestNothingIsImputedInTheData(t *testing.T) {
	absent := map[string]bool{"tata-sons": true, "larsen-toubro": true, "bel": true}
	for _, c := range rows(t, "claims.csv") {
		at := c["engagement_id"]
		if absent[c["subject_id"]] {
			assert.Equal(t, "reported_absent", c["participation"], "%s: only an absence is reported of %s", at, c["subject_id"])
		}
		if c["subject_id"] == "person-arun-sahni" {
			assert.Equal(t, "personal", c["capacity"], at)
			assert.Equal(t, "2025-11-01", c["date_from"], "%s: November, not the month of the meetings", at)
		}
		if strings.HasPrefix(at, "s") && c["counterparty_id"] != "" {
			assert.Equal(t, "inferred", c["counterparty_basis"], "%s: the article names no Russian firm", at)
		}
		if strings.HasPrefix(at, "s") && c["subject_type"] == "firm" {
			assert.Equal(t, "meeting", c["kind"], "%s: the article reports talks of firms and no trade", at)
		}
	}
}

// A correction stands beside what it corrects, which keeps its words.
func TestCorrectionsKeepTheQuote(t *testing.T) {
	claims := rows(t, "claims.csv")
	corrections := 0
	for _, c := range claims {
		if c["claim_polarity"] != "correct" {
			continue
		}
		corrections++
		kept := false
		for _, o := range claims {
			kept = kept || o["claim_polarity"] == "affirm" && o["engagement_id"] == c["engagement_id"] && strings.Contains(o["quote"], c["quote"])
		}
		assert.True(t, kept, "%s: no claim with the words %q", c["engagement_id"], c["quote"])
	}
	assert.Equal(t, 2, corrections, "the 36 % and the direction of energy trade")
}

// Whoever is invented says so in the name, in every file.
func TestTheInventedSaySo(t *testing.T) {
	for file, columns := range map[string][2]string{"firms.csv": {"firm_id", "name"}, "claims.csv": {"subject_id", "subject_name"}} {
		for _, r := range rows(t, file) {
			assert.Equal(t, strings.HasPrefix(r[columns[0]], "fict-"), strings.Contains(r[columns[1]], "(invented)"), "%s: %s", file, r[columns[0]])
		}
	}
	for _, r := range rows(t, "interests.csv") {
		for _, end := range []string{"owner", "owned"} {
			assert.Equal(t, strings.HasPrefix(r[end+"_id"], "fict-"), strings.Contains(r[end+"_name"], "(invented)"), r[end+"_id"])
		}
	}
}
