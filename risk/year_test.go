package risk_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// The second threshold of section 232 is met by what adds up within twelve months.
func TestPipelineValuesAddUp(t *testing.T) {
	lot := func(id, day, amount string) string {
		return "engagement_id=" + id + "; root_source_id=" + id + "; kind=goods_supply; stage=completed; item_class=pipeline; direction=X→RU; date_from=" + day + "; currency=USD; amount=" + amount
	}
	fires := func(rows ...string) bool {
		_, ok := factors(assess(t, russia(), firm, claimed(t, rows...)), "caatsa-232")["232-pipeline-year"]
		return ok
	}
	half := []string{lot("a", "2024-02-01", "900000"), lot("b", "2024-03-01", "900000"), lot("c", "2024-05-01", "900000"), lot("d", "2024-07-01", "900000"), lot("e", "2024-11-01", "900000")}
	assert.False(t, fires(half...), "four and a half millions")
	assert.True(t, fires(append(half, lot("f", "2025-01-30", "500000"))...), "five millions within twelve months")
	assert.False(t, fires(append(half, lot("f", "2025-01-31", "500000"))...), "a day later the first is out")
	assert.False(t, fires(append(half, lot("f", "2025-01-30", "499999.99"))...), "a cent less")
	assert.False(t, fires(append(half, lot("f", "2025-01-30", "500000")+"; item_class=energy")...), "of another class")
	for qualifier, sure := range map[string]bool{"exact": true, "over": true, "about": false, "nearly": false} {
		assert.Equal(t, sure, fires(append(slices.Clone(half), lot("f", "2025-01-30", "500000")+"; amount_qualifier="+qualifier)...), "of which one is %s so much", qualifier)
	}
	assert.False(t, fires(append(half, lot("e", "2024-11-01", "500000")+"; root_source_id=again; publisher=Another")...), "another account of a lot is no other lot")
}
