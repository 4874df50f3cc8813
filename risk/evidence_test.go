package risk_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/risk/assessment"
	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/tables"
	"github.com/sanctionrisk/exposure/sanctions"
)

// What ordinary evidence makes of one and the same dealing.
func TestEvidence(t *testing.T) {
	dealing := "engagement_id=s400; kind=arms_purchase; stage=completed; item_class=arms; direction=RU→X; counterparty_id=exporter; counterparty_basis=stated; date_from=2025-01-01"
	denied := dealing + "; claim_polarity=deny; statement_by=Firm Private Limited; root_source_id=firm"
	for _, tc := range []struct {
		name   string
		rows   []string
		status tables.Status
		grade  string
		why    string
	}{
		{"its own statement", []string{dealing + "; statement_by=Firm Private Limited"}, tables.Confirmed, "severe", "on record"},
		{"its own statement, anonymous", []string{dealing + "; statement_by=Firm Private Limited; source_naming=anonymous"}, tables.Reported, "moderate", "a leak is no statement"},
		{"an official document", []string{dealing + "; source_naming=document; source_reliability=A"}, tables.Confirmed, "severe", "an authority or register"},
		{"a document in the press", []string{dealing + "; source_naming=document; source_reliability=B"}, tables.Reported, "severe", "the press reads it: not confirmed, and weighty"},
		{"one named source", []string{dealing}, tables.Reported, "high", ""},
		{"one reliable source, confirmed by others", []string{dealing + "; source_reliability=A; info_credibility=1"}, tables.Corroborated, "severe", "credibility 1 says so"},
		{"one anonymous source", []string{dealing + "; source_naming=anonymous"}, tables.Reported, "moderate", ""},
		{"one anonymous source that nobody can judge", []string{dealing + "; source_naming=anonymous; source_reliability=F; info_credibility=6"}, tables.NotKnown, "moderate", "not known is not no: as grave as before, and an indicator only"},
		{"two independent sources", []string{dealing, dealing + "; root_source_id=other"}, tables.Corroborated, "severe", ""},
		{"a source and its reprint", []string{dealing, dealing + "; publisher=Reprint"}, tables.Reported, "high", "one root"},
		{"a named source that nobody can judge", []string{dealing + "; source_reliability=F; info_credibility=6"}, tables.Reported, "high", "it can be asked"},
		{"two sources that name no origin", []string{dealing + "; root_source_id=", dealing + "; root_source_id="}, tables.Reported, "high", "nobody knows that they are two"},
		{"denied", []string{dealing, denied}, tables.Disputed, "moderate", ""},
		{"corroborated and denied", []string{dealing, dealing + "; root_source_id=other", denied}, tables.Corroborated, "high", "a denial by the one concerned is expected"},
		{"denied by its own filing", []string{dealing, denied + "; source_naming=document; source_reliability=A"}, tables.Disputed, "moderate", "a filing of its own is its own denial"},
		{"refuted by another's document", []string{dealing, denied + "; statement_by=A court; source_naming=document; source_reliability=A"}, tables.Refuted, "low", "never erased"},
		{"doubtful", []string{dealing + "; source_reliability=E; info_credibility=5"}, tables.Reported, "low", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := assess(t, russia(), firm, claimed(t, tc.rows...))
			require.Len(t, a.Engagements, 1)
			assert.Equal(t, tc.status, a.Engagements[0].Accounts[0].Evidence.Status, tc.why)
			assert.Equal(t, tc.grade, a.Grade.Point, "%s: %v", tc.why, a.Score)
			sums(t, &a)
		})
	}
}

// A document of an authority is its own origin: what else is told of it on its day adds
// nothing and takes nothing away. Of other tellings of one day none is known to be first.
func TestADocumentIsItsOwnOrigin(t *testing.T) {
	told := "engagement_id=e1; kind=arms_purchase; stage=completed; item_class=arms; counterparty_id=exporter; date_from=2025-01-01; root_source_id=gazette; as_known_at=2025-03-01; "
	document, rumour := told+"source_naming=document; source_reliability=A", told+"publisher=Daily; source_naming=anonymous; source_reliability=C; info_credibility=3"
	press := told + "publisher=Post; source_naming=named"
	score := func(rows ...string) assessment.Score { return assess(t, russia(), firm, claimed(t, rows...)).Score }
	alone := score(document)
	for name, row := range map[string]string{"a rumour": rumour, "the press": press, "a document in the press": press + "; source_naming=document"} {
		assert.Equal(t, alone, score(document, row), name)
		assert.Equal(t, alone, score(document, row+"; stage=signed"), "%s that says less", name)
		assert.Equal(t, alone, score(document, row+"; as_known_at=2025-03-02"), "%s of the day after", name)
	}
	assert.Equal(t, score(rumour), score(rumour, press), "the press may have it from where the rumour has it")
	assert.Equal(t, score(rumour+"; as_known_at=2025-02-01"), score(rumour+"; as_known_at=2025-02-01", document), "that what was known before comes from a later document nobody says")
	withCourt := document + "; statement_by=Firm Private Limited"
	assert.Equal(t, score(withCourt, rumour), score(rumour, withCourt), "the firm's own filing is none of an authority, in whatever order")
}

// Two dealings that an official document refutes stay two in High, each by its own words,
// where somebody else says that the one replaces the other; they are one where who told of
// both says so. Low and Point take anybody's word for it.
func TestRefutedDealingsThatAreTied(t *testing.T) {
	told := "kind=arms_purchase; stage=completed; item_class=arms; counterparty_id=exporter; date_from=2025-01-01; "
	refuted := "; claim_polarity=deny; stage=; statement_by=A court; source_naming=document; source_reliability=A; root_source_id=court"
	one, other := told+"engagement_id=e1; root_source_id=a", told+"engagement_id=e2; root_source_id=b"
	rows := []string{one, other, told + "engagement_id=e1" + refuted, told + "engagement_id=e2" + refuted}
	score := func(rows ...string) assessment.Score { return assess(t, russia(), firm, claimed(t, rows...)).Score }
	single, apart := score(one, rows[2]), score(rows...)
	assert.Equal(t, "40", single.High.String())
	assert.Equal(t, "64", apart.High.String(), "100·(1−.6²)")
	tied := score(append(rows, told+"engagement_id=e1; supersedes_id=e2; root_source_id=c")...)
	assert.Equal(t, apart.High, tied.High, "another source withdraws nothing")
	assert.Equal(t, single.Point, tied.Point, "and says that it is one dealing")
	own := score(append(rows, told+"engagement_id=e1; supersedes_id=e2; root_source_id=b; as_known_at=2025-12-20")...)
	assert.Equal(t, single.High, own.High, "who told of it says that it is the other")
}

func TestSupersession(t *testing.T) {
	report := "engagement_id=e1; kind=meeting; stage=discussed; item_class=arms; as_known_at=2025-12-09"
	for name, tc := range map[string]struct {
		row  string
		left int
		why  string
	}{
		"the source corrects itself":     {"engagement_id=e2; supersedes_id=e1; claim_polarity=correct; participation=reported_absent; kind=meeting; as_known_at=2025-12-10", 0, "it was absent, says the same root"},
		"under the same id":              {"engagement_id=e1; supersedes_id=e1; claim_polarity=correct; participation=reported_absent; kind=meeting; as_known_at=2025-12-09", 0, ""},
		"another source cannot withdraw": {"engagement_id=e2; supersedes_id=e1; claim_polarity=correct; participation=reported_absent; kind=meeting; root_source_id=other", 1, "it only says otherwise"},
		"not yet corrected":              {"engagement_id=e2; supersedes_id=e1; claim_polarity=correct; participation=reported_absent; kind=meeting; as_known_at=2026-12-10", 1, "known after the date"},
		"a later version of the same":    {"engagement_id=e1; supersedes_id=e1; kind=meeting; stage=discussed; item_class=civilian; as_known_at=2025-12-12", 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a := assess(t, russia(), firm, claimed(t, report, tc.row))
			assert.Len(t, a.Engagements, tc.left, tc.why)
			if tc.left == 0 {
				assert.NotEmpty(t, a.Context, "and is shown")
			}
		})
	}
	later := assess(t, russia(), firm, claimed(t, report, "engagement_id=e1; supersedes_id=e1; kind=meeting; stage=discussed; item_class=civilian; as_known_at=2025-12-12"))
	assert.Len(t, later.Engagements[0].Replaced, 1)
	assert.Equal(t, claims.Civilian, later.Engagements[0].Accounts[0].ItemClass)
}

func TestClaimsWithoutIDs(t *testing.T) {
	row := "kind=arms_purchase; stage=completed; item_class=arms; direction=RU→X; counterparty_id=exporter; counterparty_basis=stated; date_from=2025-01-01; date_to=2025-02-01"
	one := assess(t, russia(), firm, claimed(t, row))
	again := assess(t, russia(), firm, claimed(t, row, row+"; publisher=Reprint; date_from=2025-01-10; date_to=2025-01-11; item=worded otherwise"))
	assert.Equal(t, one.Score, again.Score, "the same root, kind and counterparty at the same time is one story")
	assert.Len(t, assess(t, russia(), firm, claimed(t, row, row+"; date_from=2025-06-01; date_to=2025-06-02")).Engagements, 2, "another time is another dealing")
	assert.Len(t, assess(t, russia(), firm, claimed(t, row, row+"; counterparty_id=buyer")).Engagements, 2, "another counterparty too")
}

func TestTheFutureIsNotDone(t *testing.T) {
	row := "engagement_id=e; kind=arms_purchase; stage=completed; item_class=arms; direction=RU→X; counterparty_id=exporter; counterparty_basis=stated; source_naming=document; source_reliability=A; as_known_at=2026-01-01; date_from="
	assert.Equal(t, claims.Completed, assess(t, russia(), firm, claimed(t, row+"2026-03-30")).Engagements[0].Accounts[0].Stage)
	ahead := assess(t, russia(), firm, claimed(t, row+"2026-06-01"))
	assert.Equal(t, claims.Proposed, ahead.Engagements[0].Accounts[0].Stage)
	assert.Equal(t, "moderate", ahead.Grade.Point, "announced is proposed")
}

func TestCapacityAndStates(t *testing.T) {
	trip := assess(t, russia(), firm, claimed(t, purchase+"; capacity=personal"))
	assert.Empty(t, trip.Engagements, "personal capacity is not imputed, whoever's row it stands on")
	state := assess(t, russia(), firm, claimed(t, "subject_id=mod; subject_type=state; affiliated_firm_id=firm; capacity=official; kind=arms_purchase; stage=completed"))
	require.Len(t, state.Context, 1)
	assert.Equal(t, "an act of a state: country context", state.Context[0].Reason)
	ministry := claims.Firm{ID: "mod", Name: "Ministry"}
	assert.Equal(t, "severe", assess(t, russia(), ministry, claimed(t, purchase+"; subject_id=mod; subject_type=state")).Grade.Point,
		"a state organ under review that buys is a person")
}

func TestBasisOfACounterparty(t *testing.T) {
	for _, tc := range []struct {
		cells string
		basis claims.CounterpartyBasis
		sure  bool
		why   string
	}{
		{"counterparty_id=exporter; counterparty_basis=stated", claims.CounterpartyStated, true, ""},
		{"counterparty_id=exporter; counterparty_basis=inferred", claims.CounterpartyInferred, false, ""},
		{"counterparty_id=exporter; counterparty_basis=", claims.CounterpartyStated, true, "whoever wrote the id knew whom the source means"},
		{"counterparty_id=; counterparty_name=exporter; counterparty_basis=", claims.CounterpartyUnstated, false, "a bare name of unknown basis"},
		{"counterparty_id=; counterparty_name=exporter; counterparty_basis=stated", claims.CounterpartyStated, true, ""},
	} {
		a := assess(t, russia(), firm, claimed(t, purchase+"; "+tc.cells))
		require.NotNil(t, a.Engagements[0].Accounts[0].Counterparty, tc.cells)
		assert.Equal(t, tc.basis, a.Engagements[0].Accounts[0].Counterparty.Basis, tc.why)
		_, got := factors(a, "caatsa-231")["231-cp-specified"]
		assert.Equal(t, tc.sure, got, tc.cells)
		assert.Equal(t, !tc.sure, has(a, sanctions.CounterpartyInferred), tc.cells)
		assert.Equal(t, "90", a.Score.High.String(), "%s: the high score has it in any case", tc.cells)
	}
}

// A blank cell of a reported dealing is not a harmless one: the high score holds
// what it would be with any value in the cell.
func TestBlankCellsAreNotHarmless(t *testing.T) {
	cells := map[string][]string{"item_class": vocabulary("item_class"), "direction": vocabulary("direction"), "stage": vocabulary("stage")}
	base := "engagement_id=e; source_naming=document; source_reliability=A; counterparty_id=exporter; counterparty_basis=stated; date_from=2025-01-01; date_to=2025-01-02; stage=completed; item_class=arms; direction=joint; kind="
	for _, kind := range vocabulary("kind") {
		for column, values := range cells {
			blank := assess(t, russia(), firm, claimed(t, base+kind+"; "+column+"="))
			sums(t, &blank)
			for _, v := range values {
				known := assess(t, russia(), firm, claimed(t, base+kind+"; "+column+"="+v))
				assert.True(t, blank.Score.High.GreaterThanOrEqual(known.Score.High.Decimal),
					"%s: high is %s with %s blank and %s with %s", kind, blank.Score.High, column, known.Score.High, v)
			}
		}
	}
	joint := assess(t, russia(), firm, claimed(t, base+"joint_venture; item_class=; stage=operating"))
	assert.True(t, joint.Score.Point.IsPositive(), "a venture with a specified person, whatever its goods: %v", joint.Score)
	assert.True(t, has(joint, sanctions.FactsMissing))
}

func TestAnOwnerOfUnknownShare(t *testing.T) {
	d := with(russia(), "firm", sanctions.Verdict{Regime: "us-ofac", Status: sanctions.OwnershipUnknown, Share: sanctions.UnknownShare,
		Proof: []sanctions.Stake{{OwnerID: "buyer", OwnedID: "firm", Share: sanctions.UnknownShare}}})
	a := assess(t, d, firm, nil)
	assert.Equal(t, assessment.FindingPossiblyOwned, a.Finding)
	assert.Equal(t, "70", a.Score.High.String(), "a listed owner of unknown share may own it")
	assert.Contains(t, a.Reason, "a listed owner whose share is unknown")
}

func TestStoriesToldAgain(t *testing.T) {
	one := assess(t, russia(), firm, claimed(t, talks))
	for name, rows := range map[string][]string{
		"under ids of their own":         {talks + "; event_id=; engagement_id=c1", talks + "; event_id=; engagement_id=c2; publisher=B", talks + "; event_id=; engagement_id=c3; publisher=C"},
		"a chain of relays":              {talks + "; root_source_id=; publisher=Reuters", talks + "; root_source_id=; publisher=The Gaze; relayed_from=Reuters", talks + "; root_source_id=; publisher=Mint; relayed_from=The Gaze"},
		"relayed from a publisher":       {talks + "; publisher=Reuters; root_source_id=reuters-1", talks + "; root_source_id=; publisher=Mint; relayed_from=Reuters"},
		"relayed under an id of its own": {talks + "; event_id=; engagement_id=c1; publisher=Reuters; root_source_id=reuters-1", talks + "; event_id=; engagement_id=c2; root_source_id=; publisher=Mint; relayed_from=Reuters"},
		"one root, spelt twice":          {talks + "; root_source_id=R1", talks + "; root_source_id=r1 "},
		"one that names no origin":       {talks, talks + "; root_source_id="},
	} {
		t.Run(name, func(t *testing.T) {
			a := assess(t, russia(), firm, claimed(t, rows...))
			assert.Equal(t, one.Score, a.Score)
			require.Len(t, a.Engagements, 1)
			assert.Len(t, a.Engagements[0].Accounts[0].Evidence.Roots, 1)
		})
	}
}

func TestAnExitToldByItself(t *testing.T) {
	operating := "engagement_id=a; kind=energy_purchase; stage=operating; item_class=energy; direction=RU→X; counterparty_id=buyer; counterparty_basis=stated; date_from=2024-01-01"
	exit := "engagement_id=b; kind=energy_purchase; stage=exited; direction=RU→X; counterparty_id=buyer; counterparty_basis=stated; date_from=2025-09-02; source_naming=document; source_reliability=A; root_source_id=other"
	before, after := assess(t, russia(), firm, claimed(t, operating)), assess(t, russia(), firm, claimed(t, operating, exit))
	require.Len(t, after.Engagements, 1, "it is the end of the dealing there is")
	assert.Equal(t, claims.Exited, after.Engagements[0].Ended)
	assert.True(t, after.Score.Point.LessThan(before.Score.Point.Decimal), "%v to %v", before.Score, after.Score)
	assert.Len(t, assess(t, russia(), firm, claimed(t, operating, exit+"; counterparty_id=exporter")).Engagements, 2, "another counterparty's is not")
}

func TestAbsenceAgainstPresence(t *testing.T) {
	a := assess(t, russia(), firm, claimed(t, talks, talks+"; participation=reported_absent; root_source_id=other"))
	require.Len(t, a.Engagements, 1)
	assert.Equal(t, tables.Disputed, a.Engagements[0].Accounts[0].Evidence.Status)
}

// Whoever is blocked over Iran is no Russian counterparty.
func TestNexus(t *testing.T) {
	d := russia()
	d.list("tehran", sanctions.Designation{Authority: sanctions.AuthorityOFAC, List: "us-ofac-sdn", Entry: "8", Programmes: []string{"IRAN", "SDGT"}, Measures: []sanctions.Measure{sanctions.Blocking}})
	bank := firm
	bank.FinancialInstitution = sanctions.Yes
	for _, row := range []string{"kind=payment; stage=completed; direction=none", "kind=goods_supply; stage=completed; direction=none", "kind=arms_purchase; item_class=arms; stage=completed; direction=none"} {
		a := assess(t, d, bank, claimed(t, row+"; counterparty_id=tehran; counterparty_basis=stated; date_from=2024-05-01; currency=USD; amount=5000000"))
		assert.True(t, a.Score.Point.IsZero(), "%s: %v %s", row, a.Score, a.Strongest)
	}
	assert.True(t, assess(t, d, bank, claimed(t, "kind=payment; stage=completed; counterparty_id=buyer; counterparty_basis=stated; date_from=2024-05-01")).Score.Point.IsPositive())
}

// High is that of the gravest single value of what is unknown, not of their sum.
func TestBlankIsNoWorseThanTheWorst(t *testing.T) {
	row := "engagement_id=e; source_naming=document; source_reliability=A; counterparty_id=exporter; counterparty_basis=stated; date_from=2025-01-01; stage=operating; direction=joint; kind=joint_venture; item_class="
	worst := assess(t, russia(), firm, claimed(t, row+"arms")).Score.High
	for _, class := range vocabulary("item_class") {
		if s := assess(t, russia(), firm, claimed(t, row+class)).Score.High; s.GreaterThan(worst.Decimal) {
			worst = s
		}
	}
	assert.Equal(t, worst.String(), assess(t, russia(), firm, claimed(t, row)).Score.High.String())
}

// At one event, a meeting and what was talked about are one talk, and a denial of
// the meeting denies it all. What came of the talk is no talk any more, and counts beside
// the meeting.
func TestTalkIsOne(t *testing.T) {
	topic := talks + "; kind=joint_development; engagement_id=other"
	a := assess(t, russia(), firm, claimed(t, talks, topic))
	require.Len(t, a.Engagements, 2, "shown apart")
	sums(t, &a)
	alone := assess(t, russia(), firm, claimed(t, topic))
	assert.Equal(t, alone.Score.Point, a.Score.Point, "the graver counts, once")
	elsewhere := assess(t, russia(), firm, claimed(t, talks, topic+"; event_id=elsewhere"))
	assert.True(t, elsewhere.Score.Point.GreaterThan(a.Score.Point.Decimal), "other talks are other talks")
	signed := topic + "; stage=signed"
	both, contract := assess(t, russia(), firm, claimed(t, talks, signed)), assess(t, russia(), firm, claimed(t, signed))
	assert.True(t, both.Score.Point.GreaterThan(contract.Score.Point.Decimal), "a contract and a meeting are two")
	denied := assess(t, russia(), firm, claimed(t, talks, topic, talks+"; claim_polarity=deny; statement_by=Firm Private Limited; root_source_id=firm"))
	assert.True(t, denied.Score.Point.LessThan(a.Score.Point.Decimal))
}

// However far the source says that the group's affair had come, it is what the firm's talks
// were about.
func TestATopicOfAnyStage(t *testing.T) {
	of := func(stage string) string {
		a := assess(t, russia(), firm, claimed(t, "event_id=fair; kind=meeting; stage=discussed; item_class=none",
			"event_id=fair; subject_id=delegates; subject_type=group; kind=joint_venture; item_class=arms; stage="+stage))
		return authority(a, "caatsa-231").Score.High.String()
	}
	assert.NotEqual(t, "0", of("discussed"))
	for _, stage := range vocabulary("stage") {
		assert.Equal(t, of("discussed"), of(stage), stage)
	}
}

// What the firm is said to have proposed at an event, as what it is said to have discussed
// there, may be what its other talks there were about; so may the contract that it signed.
func TestTalksMayBeOfWhatIsToldAtTheirEvent(t *testing.T) {
	meeting := "event_id=fair; kind=meeting; date_from=2024-03-10; item_class=none"
	of := func(cells string) string {
		a := assess(t, russia(), firm, claimed(t, meeting, "kind=association_representation; counterparty_id=exporter; root_source_id=other; date_from=2024-03-10; "+cells))
		return a.Score.High.String()
	}
	discussed := of("event_id=fair; stage=discussed; subject_type=group")
	assert.Equal(t, "25", discussed, "the meeting may have been with the exporter")
	assert.Equal(t, "0", of("event_id=elsewhere; stage=discussed; subject_type=group"))
	for _, stage := range []string{"proposed", "signed", "operating"} {
		assert.Equal(t, discussed, of("event_id=fair; subject_type=group; stage="+stage), stage)
	}
}

// A denial speaks against the dealing that it names, be it by the event alone, and
// against no other at the same event: what a meeting is called is not told apart, since
// who denies having met denies the talks.
func TestADenialReachesWhatItNames(t *testing.T) {
	supplied := "engagement_id=e1; event_id=fair; kind=arms_supply; stage=completed; item_class=arms; direction=X→RU; counterparty_id=exporter; counterparty_basis=stated; date_from=2024-03-01; source_naming=named; source_reliability=B; info_credibility=2; root_source_id=press"
	talked := strings.NewReplacer("arms_supply", "joint_venture", "completed", "discussed").Replace(supplied)
	denied := "claim_polarity=deny; statement_by=Firm Private Limited; root_source_id=firm; "
	for _, c := range []struct {
		told, denial string
		want         tables.Status
		why          string
	}{
		{supplied, "engagement_id=e1; kind=arms_supply", tables.Disputed, "by the dealing's id"},
		{supplied, "event_id=fair; kind=arms_supply", tables.Disputed, "by the event"},
		{supplied, "engagement_id=d1; event_id=fair; kind=arms_supply", tables.Disputed, "by the event, under an id of its own"},
		{supplied, "engagement_id=d1; event_id=fair; kind=meeting", tables.Reported, "a denied meeting is no denied supply"},
		{supplied, "engagement_id=d1; event_id=show; kind=arms_supply", tables.Reported, "of another event"},
		{supplied, "engagement_id=d1; kind=arms_supply", tables.Reported, "it names neither"},
		{talked, "engagement_id=d1; event_id=fair; kind=meeting", tables.Disputed, "talks are talks, whatever about"},
		{talked, "engagement_id=d1; event_id=fair; kind=arms_supply; stage=signed", tables.Reported, "who denies a contract does not deny that there were talks"},
	} {
		a := assess(t, russia(), firm, claimed(t, c.told, denied+c.denial))
		require.Len(t, a.Engagements, 1, c.why)
		assert.Equal(t, c.want, a.Engagements[0].Accounts[0].Evidence.Status, c.why)
	}
}

// Who denies from one stage on leaves in the high score what is told short of it, as if
// that were all that is told; who names no stage denies the dealing.
func TestADenialOfAStageLeavesWhatCameBefore(t *testing.T) {
	const told = "engagement_id=e1; kind=maintenance_purchase; item_class=arms; counterparty_id=exporter; date_from=2025-01-01; as_known_at=2025-02-01; "
	high := func(rows ...string) string { return assess(t, russia(), firm, claimed(t, rows...)).Score.High.String() }
	refuted := told + "claim_polarity=deny; statement_by=A court; source_naming=document; source_reliability=A; root_source_id=court; stage="
	assert.Equal(t, "40", high(told+"stage=completed"))
	assert.Equal(t, "30", high(told+"stage=proposed"))
	assert.Equal(t, "25", high(told+"stage=discussed"))
	assert.Equal(t, "16", high(told+"stage=completed", refuted), "all of it, says the court")
	assert.Equal(t, "30", high(told+"stage=completed", refuted+"signed"), "no contract, and nothing of talks")
	assert.Equal(t, "25", high(told+"stage=completed", refuted+"signed", refuted+"proposed"))
	assert.Equal(t, "40", high(told+"stage=completed", refuted+"operating"), "the contract stands")
}

// Which of two rows replaces the other is told by the days on which they became known;
// rows that name each other must not erase what both tell.
func TestSupersedesWhatWasKnownBefore(t *testing.T) {
	const told = "kind=arms_supply; stage=signed; item_class=arms; counterparty_name=Uralmash Guns; counterparty_basis=stated; date_from=2025-05-01; root_source_id=agency; "
	score := func(rows ...string) string {
		return assess(t, russia(), firm, claimed(t, rows...)).Score.Point.String()
	}
	alone := score(told + "engagement_id=a; as_known_at=2025-06-01")
	require.NotEqual(t, "0", alone)
	for why, rows := range map[string][]string{
		"each names the other, one day": {"engagement_id=a; supersedes_id=b; as_known_at=2025-06-01", "engagement_id=b; supersedes_id=a; as_known_at=2025-06-01"},
		"each names the other, no day":  {"engagement_id=a; supersedes_id=b", "engagement_id=b; supersedes_id=a"},
		"each names the other, in turn": {"engagement_id=a; supersedes_id=b; as_known_at=2025-06-01", "engagement_id=b; supersedes_id=a; as_known_at=2025-07-01"},
		"each names the next, one day":  {"engagement_id=a; supersedes_id=b; as_known_at=2025-06-01", "engagement_id=b; supersedes_id=c; as_known_at=2025-06-01", "engagement_id=c; supersedes_id=a; as_known_at=2025-06-01"},
		"the next is of no day":         {"engagement_id=a; supersedes_id=b; as_known_at=2025-06-01", "engagement_id=b; supersedes_id=c", "engagement_id=c; supersedes_id=d; as_known_at=2025-07-01", "engagement_id=d; supersedes_id=a"},
		"an opinion":                    {"engagement_id=a; as_known_at=2025-06-01", "engagement_id=b; supersedes_id=a; claim_polarity=opinion; as_known_at=2025-07-01"},
		"told again after it was put right": {"engagement_id=a; as_known_at=2025-08-01",
			"engagement_id=b; supersedes_id=a; kind=meeting; stage=discussed; as_known_at=2025-07-01"},
		"the same id, by the day of its statement": {"engagement_id=a; kind=meeting; stage=discussed; statement_date=2025-06-01",
			"engagement_id=a; supersedes_id=a; statement_date=2025-07-01"},
	} {
		for i := range rows {
			rows[i] = told + rows[i]
		}
		assert.Equal(t, alone, score(rows...), why)
		slices.Reverse(rows)
		assert.Equal(t, alone, score(rows...), "%s, the other way round", why)
	}
}

// Of a circle all rows stand; but what is in none is replaced by what is, and what is in
// one by what is not.
func TestOnlyCirclesOfSupersedingStand(t *testing.T) {
	const told = "kind=arms_supply; stage=signed; counterparty_id=buyer; date_from=2025-05-01; as_known_at=2025-06-01; "
	circle := []string{"engagement_id=a; supersedes_id=b", "engagement_id=b; supersedes_id=c", "engagement_id=c; supersedes_id=a"}
	replaced := func(rows ...string) (ids []string) {
		for i := range rows {
			rows[i] = told + rows[i]
		}
		for _, e := range assess(t, russia(), firm, claimed(t, rows...)).Engagements {
			for _, c := range e.Replaced {
				ids = append(ids, c.EngagementID)
			}
		}
		slices.Sort(ids)
		return ids
	}
	assert.Empty(t, replaced(slices.Clone(circle)...))
	plain := append(slices.Clone(circle), "engagement_id=b")
	assert.Equal(t, []string{"b"}, replaced(slices.Clone(plain)...), "the row that replaces nothing")
	beside := append(plain, "engagement_id=y; supersedes_id=b")
	assert.Equal(t, []string{"b", "b"}, replaced(slices.Clone(beside)...), "both, by the row beside the circle")
	assert.Equal(t, []string{"b"}, replaced(append(beside, "engagement_id=c; supersedes_id=y")...), "which is in it now")
}

// What one claim more does to others that supersede or retell, where chance seldom draws it.
func TestOneClaimMoreBesideSuperseding(t *testing.T) {
	score := func(rows ...string) assessment.Score { return assess(t, russia(), firm, claimed(t, rows...)).Score }

	rows := []string{"kind=joint_venture; claim_polarity=correct; root_source_id=r2; supersedes_id=e2",
		"engagement_id=e2; kind=licensed_production; stage=completed; item_class=mixed; direction=joint"}
	denial := "engagement_id=e2; kind=component_supply; claim_polarity=deny; root_source_id=r2"
	assert.Equal(t, score(rows...), score(append(rows, denial)...), "a denial that is taken back makes no telling of the correction")

	rows = []string{"engagement_id=e2; kind=technology_transfer", "kind=meeting; engagement_id=e3; root_source_id=r2",
		"engagement_id=e2; kind=meeting; amount=5400000000; relayed_from=Agency; root_source_id=r2"}
	tie := "engagement_id=e2; supersedes_id=e3; kind=meeting; root_source_id=independent"
	assert.Equal(t, score(rows...).High, score(append(rows, tie)...).High, "what a retelling adds to its own dealing it adds where its origin is tied to that")

	correction := "engagement_id=e1; kind=joint_venture; item_class=pipeline; hs6=854231; claim_polarity=correct; supersedes_id=e3"
	affirmed := "engagement_id=e1; kind=joint_venture; item_class=none; root_source_id=independent; as_known_at=2024-04-01"
	assert.Equal(t, score(correction).High, score(correction, affirmed).High, "the time of what it names is not that of what another tells")
}
