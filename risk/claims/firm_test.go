package claims_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/sanctions"
)

func TestFirmFaults(t *testing.T) {
	_, err := claims.ReadFirms(strings.NewReader("firm_id,name,country,identifiers,is_financial_institution\na,A,Atlantis,lei,perhaps\n,B,,,\na,C,,,\nd,,,,\n"), "firms.csv")
	var got []string
	for _, f := range sanctions.Faults(err) {
		got = append(got, f.Source.String()+" "+f.Header)
	}
	assert.Equal(t, []string{"firms.csv:2:5 country", "firms.csv:2:14 identifiers", "firms.csv:2:18 is_financial_institution"}, got)
	_, err = claims.ReadFirms(strings.NewReader("firm_id,name\n,B\na,A\na,C\nd,\n"), "firms.csv")
	got = nil
	for _, f := range sanctions.Faults(err) {
		got = append(got, f.Source.String()+" "+f.Header)
	}
	assert.Equal(t, []string{"firms.csv:2 firm_id", "firms.csv:4 firm_id", "firms.csv:5 name"}, got)
}
