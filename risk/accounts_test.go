package risk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/tables"
)

// accountOf finds an account by a cell that it has.
func accountOf(t *testing.T, a assessment.Assessment, is func(assessment.Account) bool) assessment.Account {
	t.Helper()
	require.Len(t, a.Engagements, 1)
	for _, acc := range a.Engagements[0].Accounts {
		if is(acc) {
			return acc
		}
	}
	t.Fatalf("no such account in %+v", a.Engagements[0].Accounts)
	return assessment.Account{}
}

// Sources that differ in a cell do not bear out each other's, and still bear out
// what they both say.
func TestSourcesCorroborateOnlyWhatBothSay(t *testing.T) {
	row := "engagement_id=e; kind=dual_use_supply; stage=completed; item_class=dual_use; hs6=854231; direction=X→RU; counterparty_id=buyer; counterparty_basis=stated; date_from=2025-01-10; date_to=2025-02-10; amount=20000000; currency=USD"
	first := func(acc assessment.Account) bool {
		return acc.Stage == claims.Completed && acc.ItemClass == claims.DualUse && acc.Direction == claims.ToRussia && len(acc.HS6) > 0 && acc.HS6[0] == "854231" && acc.Counterparty != nil &&
			acc.Counterparty.ID == "buyer" && acc.Counterparty.Basis == claims.CounterpartyStated && acc.LastKnown.String() == "2025-02-09" && acc.Amount != nil && acc.Amount.Value == "20000000"
	}
	for _, tc := range []struct {
		other  string
		shared bool
		why    string
	}{
		{"item=CNC", false, "in the same cells"},
		{"counterparty_id=plain", true, "to somebody else"},
		{"direction=RU→X", true, "the other way"},
		{"item_class=civilian", true, "of other goods"},
		{"hs6=010121", true, "under another code"},
		{"date_from=2018-01-01; date_to=2018-02-01", true, "in another year"},
		{"amount=5", false, "of a smaller amount: the first says at least that"},
		{"stage=signed", false, "that came less far: the first says at least that"},
		{"counterparty_basis=inferred", false, "who infers the other side does not say who it was"},
		{"kind=goods_supply", false, "of another kind: nothing in common"},
	} {
		t.Run(tc.why, func(t *testing.T) {
			a := assess(t, russia(), firm, claimed(t, row, row+"; root_source_id=other; "+tc.other))
			got := accountOf(t, a, first)
			if tc.other == "item=CNC" {
				assert.Equal(t, tables.Corroborated, got.Evidence.Status)
				assert.Len(t, got.Evidence.Roots, 2)
				return
			}
			assert.Equal(t, tables.Reported, got.Evidence.Status, "one source says so")
			assert.Equal(t, []string{"root"}, got.Evidence.Roots)
			if tc.shared {
				both := accountOf(t, a, func(acc assessment.Account) bool { return acc.Evidence.Status == tables.Corroborated })
				assert.Equal(t, []string{"other", "root"}, both.Evidence.Roots)
				assert.Equal(t, claims.DualUseSupply, both.Kind)
			}
		})
	}
}

// What a document leaves blank is not shown by it because a tabloid fills it in.
func TestLowIsWhatIsConfirmedInThatCell(t *testing.T) {
	document := "engagement_id=e; kind=arms_purchase; stage=completed; direction=RU→X; counterparty_id=exporter; counterparty_basis=stated; date_from=2025-01-10; source_naming=document; source_reliability=A; info_credibility=1; root_source_id=court"
	tabloid := "engagement_id=e; kind=arms_purchase; stage=completed; item_class=arms; amount=5400000000; currency=USD; source_naming=anonymous; source_reliability=E; info_credibility=4; root_source_id=tabloid"
	alone := assess(t, russia(), firm, claimed(t, document))
	both := assess(t, russia(), firm, claimed(t, document, tabloid))
	whole := assess(t, russia(), firm, claimed(t, document+"; item_class=arms; amount=5400000000; currency=USD"))
	assert.Equal(t, alone.Score.Low.String(), both.Score.Low.String(), "class and value are a tabloid's")
	assert.True(t, whole.Score.Low.GreaterThan(both.Score.Low.Decimal))
	assert.True(t, both.Score.High.GreaterThanOrEqual(whole.Score.High.Decimal), "and may be so")
	got := accountOf(t, both, func(acc assessment.Account) bool { return acc.ItemClass == claims.Arms && acc.Counterparty != nil })
	assert.Equal(t, []string{"tabloid"}, got.Evidence.Roots, "the account weighs as the cell that is shown least")
}

// One source's blank stays open in the high score when another fills it with
// something harmless.
func TestABlankStaysOpenWhenAnotherFillsIt(t *testing.T) {
	row := "engagement_id=e; kind=dual_use_supply; stage=completed; item_class=dual_use; direction=X→RU; counterparty_id=buyer; counterparty_basis=stated; date_from=2025-01-10; date_to=2025-02-10"
	for _, tc := range []struct{ blank, other string }{
		{"stage=", "stage=discussed"}, {"item_class=", "item_class=civilian"}, {"direction=", "direction=RU→X"}, {"kind=", "kind=meeting"},
		{"date_from=; date_to=", "date_from=2018-01-01; date_to=2018-02-01"}, {"counterparty_id=; counterparty_basis=", "counterparty_id=plain"},
	} {
		before := assess(t, russia(), firm, claimed(t, row+"; "+tc.blank))
		after := assess(t, russia(), firm, claimed(t, row+"; "+tc.blank, row+"; root_source_id=other; "+tc.other))
		assert.True(t, after.Score.High.GreaterThanOrEqual(before.Score.High.Decimal), "%s then %s: %v to %v", tc.blank, tc.other, before.Score, after.Score)
	}
	named := assess(t, russia(), firm, claimed(t, row+"; counterparty_id=; counterparty_basis=; stage=completed", row+"; stage=discussed; root_source_id=other"))
	whole := assess(t, russia(), firm, claimed(t, row))
	assert.True(t, named.Score.High.GreaterThanOrEqual(whole.Score.High.Decimal), "one says how far it came, the other with whom: both may be right")
}

// A vague statement does not outrank what others add to it: talks do not become
// trade because somebody left the stage blank, nor a dealing of before the listing
// one of after it because somebody left the day blank.
func TestAVagueStatementDoesNotLead(t *testing.T) {
	row := "engagement_id=e; kind=dual_use_supply; stage=completed; item_class=dual_use; direction=X→RU; counterparty_id=buyer; counterparty_basis=stated; date_from=2025-01-10; date_to=2025-02-10; as_known_at=2025-12-01"
	for _, tc := range []struct{ blank, stated string }{
		{"stage=", "stage=discussed"}, {"stage=", "stage=proposed"}, {"item_class=", "item_class=civilian"}, {"direction=", "direction=RU→X"},
		{"date_from=; date_to=", "date_from=2018-01-01; date_to=2018-02-01"},
	} {
		vague := assess(t, russia(), firm, claimed(t, row+"; "+tc.blank))
		both := assess(t, russia(), firm, claimed(t, row+"; "+tc.blank, row+"; root_source_id=other; "+tc.stated))
		agreed := assess(t, russia(), firm, claimed(t, row+"; "+tc.stated, row+"; root_source_id=other; "+tc.stated))
		assert.True(t, both.Score.Point.LessThanOrEqual(agreed.Score.Point.Decimal), "%s then %s: %v; both say it: %v", tc.blank, tc.stated, both.Score, agreed.Score)
		assert.True(t, both.Score.High.GreaterThanOrEqual(vague.Score.High.Decimal), "and it stays open in the high score")
	}
}

// Grades belong to the claim that they grade: those of two are never one.
func TestGradesAreNotMixed(t *testing.T) {
	row := "engagement_id=e; kind=dual_use_supply; stage=completed; item_class=dual_use; direction=X→RU; counterparty_id=buyer; counterparty_basis=stated; date_from=2025-01-10"
	improbable, unreliable := row+"; source_reliability=A; info_credibility=5", row+"; source_reliability=E; info_credibility=1"
	of := func(rows ...string) assessment.Evidence {
		return assess(t, russia(), firm, claimed(t, rows...)).Engagements[0].Accounts[0].Evidence
	}
	assert.Equal(t, "doubtful", of(improbable).Row, "improbable is not cannot be judged")
	assert.Equal(t, "doubtful", of(unreliable).Row)
	assert.Equal(t, "doubtful", of(improbable, unreliable+"; publisher=Another").Row, "two rows of one root")
	assert.Equal(t, "corroborated-doubtful", of(improbable, unreliable+"; root_source_id=other").Row)
	assert.Equal(t, "single-named", of(row, unreliable+"; root_source_id=other").Row, "a doubtful second source corroborates nothing")
}

// A correction is about what it corrects, whatever id and event it stands under.
func TestACorrectionJoinsWhatItCorrects(t *testing.T) {
	row := "engagement_id=q1; event_id=v; kind=arms_purchase; stage=completed; item_class=arms; direction=RU→X; counterparty_id=exporter; counterparty_basis=stated; date_from=2025-01-01; as_known_at=2025-02-01"
	before := assess(t, russia(), firm, claimed(t, row))
	for _, ids := range []string{"engagement_id=q1c; supersedes_id=q1", "engagement_id=q1c; event_id=; supersedes_id=q1", "engagement_id=q1"} {
		a := assess(t, russia(), firm, claimed(t, row, row+"; "+ids+"; stage=discussed; claim_polarity=correct; root_source_id=other; as_known_at=2025-03-01"))
		require.Len(t, a.Engagements, 1, ids)
		assert.Equal(t, "q1", a.Engagements[0].ID)
		assert.True(t, a.Score.Point.LessThan(before.Score.Point.Decimal), "%s: %v to %v", ids, before.Score, a.Score)
		assert.True(t, a.Score.High.LessThanOrEqual(before.Score.High.Decimal), ids)
		assert.Equal(t, tables.Disputed, accountOf(t, a, func(acc assessment.Account) bool { return acc.Stage == claims.Completed }).Evidence.Status)
	}
}

// What two sources have in common that name different other sides names none.
func TestNoOtherSideInCommon(t *testing.T) {
	row := "event_id=forum; kind=delegation; source_reliability=A; info_credibility=4; root_source_id=%s; counterparty_id=%s"
	a := assess(t, russia(), firm, claimed(t, fmt.Sprintf(row, "r1", "exporter"), fmt.Sprintf(row, "r2", "buyer")))
	for _, account := range a.Engagements[0].Accounts {
		if account.Counterparty != nil {
			assert.NotEmpty(t, account.Counterparty.Basis)
		}
	}
}

// A claim that carries the ids of two dealings says that they are one. Low and Point
// take its word; High does not fall for it, nor for a denial of the one that would reach
// the other.
func TestAClaimThatTiesTwoDealingsLowersNoHigh(t *testing.T) {
	supply := "kind=dual_use_supply; stage=completed; item_class=dual_use; direction=X→RU; counterparty_id=buyer; counterparty_basis=stated; date_from=2025-01-10"
	one, two := supply+"; engagement_id=order", supply+"; event_id=fair; root_source_id=second; date_from=2025-03-01"
	tie := "; engagement_id=order; event_id=fair; root_source_id=third"
	denial := supply + "; event_id=fair; claim_polarity=deny; root_source_id=court; source_naming=document; source_reliability=A"
	apart := assess(t, russia(), firm, claimed(t, one, two))
	tied := assess(t, russia(), firm, claimed(t, one, two, supply+tie))
	require.Len(t, apart.Engagements, 2)
	require.Len(t, tied.Engagements, 1)
	assert.Equal(t, apart.Score.High.String(), tied.Score.High.String())
	denied := assess(t, russia(), firm, claimed(t, one, two, denial))
	both := assess(t, russia(), firm, claimed(t, one, two, denial, supply+tie))
	assert.True(t, both.Score.High.GreaterThanOrEqual(denied.Score.High.Decimal), "%v to %v: the order is not what the court denied", denied.Score, both.Score)
	for _, a := range []assessment.Assessment{tied, both} {
		sums(t, &a)
	}
}

// A share is held from the day it is taken to the day it is given up: who reports the
// first and who reports the last tell together that it was held between, when the other
// side was listed; whomever the last names.
func TestWhatEndedLastedUntilThen(t *testing.T) {
	taken := "engagement_id=terminal; kind=goods_supply; stage=operating; item_class=energy; direction=X→RU; counterparty_id=buyer; counterparty_basis=stated; date_from=2019-04-01; date_to=2021-06-01; as_known_at=2021-06-01"
	left := "engagement_id=terminal; kind=goods_supply; stage=exited; item_class=civilian; direction=X→RU; counterparty_id=plain; date_from=2024-02-01; root_source_id=register; as_known_at=2024-03-01"
	support := func(rows ...string) assessment.Score {
		a := assess(t, russia(), firm, claimed(t, rows...))
		for _, x := range a.Authorities {
			if x.Authority == "eo-14024" {
				return x.Score
			}
		}
		return assessment.Score{}
	}
	before, after := support(taken, strings.ReplaceAll(left, "2024-02-01", "2021-09-01")), support(taken, left)
	assert.True(t, after.High.GreaterThan(before.High.Decimal), "left before the listing of 2023 %v, and after it %v", before, after)
}

// An agency that corrects what another told has told nothing of its own by that: what
// others have from it still stands.
func TestACorrectionIsNoOrigin(t *testing.T) {
	venture := "event_id=fair; kind=joint_venture; item_class=energy; date_from=2022-06-01; source_reliability=A; info_credibility=1"
	rows := []string{
		venture + "; engagement_id=e1; root_source_id=press; stage=proposed; as_known_at=2018-04-01",
		"event_id=fair; kind=joint_venture; direction=none; relayed_from=Agency; root_source_id=agency; source_reliability=A; info_credibility=1",
	}
	correction := venture + "; engagement_id=c1; supersedes_id=e1; claim_polarity=correct; root_source_id=agency; stage=discussed; as_known_at=2025-12-20"
	before, now := assess(t, russia(), firm, claimed(t, rows...)), assess(t, russia(), firm, claimed(t, append(rows, correction)...))
	assert.Equal(t, before.Score, now.Score, "it was with nobody in Russia, as the agency is said to tell")
}
