package ownership_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/ownership"
)

func TestContradictions(t *testing.T) {
	const header = "owner_id,owned_id,kind,percent,from,to\n"
	for _, c := range []struct {
		rows string
		want []string
		why  string
	}{
		{"a,b,shares,60,,\nc,b,shares,40,,\n", nil, "the whole and no more"},
		{"a,b,shares,60,,\nc,b,shares,40.0000001,,\n",
			[]string{"i.csv:3: owners hold more than the whole: those of b hold at least 100.0000001 % on 2026-01-01; close the rows that ended, or say from when each holds"}, "a ten-millionth more"},
		{"a,b,shares,60,2020-01-01,2025-01-01\nc,b,shares,60,2025-01-01,\n", nil, "sold on: never both"},
		{"a,b,shares,60,,\nc,b,votes,60,,\n", nil, "votes are no capital"},
		{"a,b,shares,60,,\na,b,shares,55,,\n", nil, "two statements on one holding are not two holdings"},
		{"a,b,shares,30,,\nb,c,shares,5,,\nc,a,shares,5,,\n",
			[]string{"i.csv:2: circular holding: a, b, c hold each other on 2026-01-01; verdicts on them show both fixpoints"}, "a circle of three"},
		{"a,b,shares,30,,\nb,a,shares,5,,2026-01-01\n", nil, "the circle was opened on the day"},
		{"a,b,shares,30,,\nb,a,control,,,\n", nil, "control is no holding"},
		{"a,a,shares,5,,\n",
			[]string{"i.csv:2: circular holding: a holds itself; treasury shares count for nobody"}, "treasury shares"},
		{"d,c,shares,1,,\nc,d,shares,1,,\na,b,shares,1,,\nb,a,shares,1,,\n",
			[]string{"i.csv:4: circular holding: a, b hold each other on 2026-01-01; verdicts on them show both fixpoints",
				"i.csv:3: circular holding: c, d hold each other on 2026-01-01; verdicts on them show both fixpoints"}, "two circles, by id and not by row"},
	} {
		b := ownership.NewBuilder()
		require.NoError(t, b.ReadFrom(ownership.Interests(strings.NewReader(header+c.rows), "i.csv")))
		errs := b.Graph().Contradictions(sanctions.MustParseDate("2026-01-01"))
		var got []string
		for _, err := range errs {
			got = append(got, err.Error())
			assert.Len(t, sanctions.Faults(err), 1)
		}
		assert.Equal(t, c.want, got, c.why)
	}
}
