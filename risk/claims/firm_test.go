package claims_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

// What is wrong with a cell and what only the rows show come together, each with its place.
func TestFirmFaults(t *testing.T) {
	faults := func(text string) (out []string) {
		_, err := claims.ReadFirms(strings.NewReader(text), "firms.csv")
		for _, f := range sanctions.Faults(err) {
			out = append(out, f.Source.String()+" "+f.Header)
		}
		return out
	}
	assert.Equal(t, []string{"firms.csv:2:5 country", "firms.csv:2:14 identifiers", "firms.csv:2:18 is_financial_institution",
		"firms.csv:3:1 firm_id", "firms.csv:5:1 firm_id", "firms.csv:6:3 name"},
		faults("firm_id,name,country,identifiers,is_financial_institution\na,A,Atlantis,lei,perhaps\n,B,,,\nc,A,,,\nc,C,,,\nd,,,,\n"))
	assert.Equal(t, []string{"firms.csv:2:5 identifiers", "firms.csv:3:5 identifiers"},
		faults("firm_id,name,identifiers\na,A,lei:XX\nb,B,inn:7707083894\nc,C,inn:7707083893\n"), "a number that is wrong would find nobody, in silence")
	assert.Equal(t, []string{"firms.csv:1:9 header"}, faults("firm_id,naam,name\na,A,\n"), "what stands under a mistyped name is not missing")
}

// The columns that are told are those that a file may have.
func TestFirmColumns(t *testing.T) {
	firms, err := claims.ReadFirms(strings.NewReader(strings.Join(claims.FirmColumns(), ",")+"\n"), "firms.csv")
	assert.NoError(t, err)
	assert.Empty(t, firms)
}
