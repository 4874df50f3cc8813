package registers

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/internal/csvfile"
	"github.com/sanctionrisk/exposure/sanctions"
)

// GLEIF streams GLEIF Level 2 data as CSV: relationship records (RR-CDF 2.1) or
// reporting exceptions (REPEX 2.1), told apart row by row; a manifest calls both
// gleif-rr.
//
// A relationship says who consolidates whom in its accounts. That is a hint of
// control and no percentage, so the share is unknown; the manager of a fund
// controls it; a feeder holds its master; a branch is its head office, all of it. A
// relationship runs over its relationship period (the periods of accounts and of filing
// say when it was seen, not when it held), and one that is inactive, or whose record is
// retired, without an end ended when the record was last updated. A lapsed record is an
// old statement and stands, and so does one that nobody has validated yet; annulled,
// duplicate and transferred records are left out. Codes that the formats do not have are
// faults. An exception says that there may be a parent whom the register does not name: it
// becomes an interest without owner, so that "no parent reported" is never read
// as nobody. Ids are lei:LEI; a wrong check digit is a fault.
func GLEIF(r io.Reader, file string) iter.Seq2[Interest, error] {
	return func(yield func(Interest, error) bool) {
		for row, err := range csvfile.Rows[gleifRow](r, file) {
			in := Interest{Source: row.Source}
			keep := true
			if err == nil {
				in, keep, err = row.Value.interest(row.Source)
				err = inRow(&row, gleifColumns, err)
			}
			if keep && !yield(in, err) {
				return
			}
		}
	}
}

// gleifRow is a relationship record or an exception; of the numbered columns it
// keeps what bears on ownership.
type gleifRow struct {
	start, startType, end, endType, kind, status string
	periods                                      [gleifNumbered]gleifPeriod
	registration                                 string
	updated                                      sanctions.Date
	lei, category                                string
	reasons                                      []string
}

type gleifPeriod struct {
	sanctions.Period
	kind string
}

const gleifNumbered = 5 // columns Period.1 to Period.5 and so on

var gleifColumns = slices.Concat([]string{
	"Relationship.StartNode.NodeID", "Relationship.StartNode.NodeIDType",
	"Relationship.EndNode.NodeID", "Relationship.EndNode.NodeIDType",
	"Relationship.RelationshipType", "Relationship.RelationshipStatus",
	"Registration.RegistrationStatus", "Registration.LastUpdateDate",
	"LEI", "ExceptionCategory",
	// Known and of no bearing on who owns whom:
	"Registration.InitialRegistrationDate", "Registration.NextRenewalDate", "Registration.ManagingLOU",
	"Registration.ValidationSources", "Registration.ValidationDocuments", "Registration.ValidationReference",
},
	numberedColumns("Relationship.Period.%d.", "startDate", "endDate", "periodType"),
	numberedColumns("Relationship.Qualifiers.%d.", "QualifierDimension", "QualifierCategory"),
	numberedColumns("Relationship.Quantifiers.%d.", "MeasurementMethod", "QuantifierAmount", "QuantifierUnits"),
	numberedColumns("ExceptionReason.%d", ""), numberedColumns("ExceptionReference.%d", ""),
)

func numberedColumns(format string, names ...string) (columns []string) {
	for i := range gleifNumbered {
		for _, name := range names {
			columns = append(columns, fmt.Sprintf(format, i+1)+name)
		}
	}
	return columns
}

func (*gleifRow) Columns() []string { return gleifColumns }

func (r *gleifRow) SetCell(i int, value string) (err error) {
	switch column := gleifColumns[i]; column {
	case "Relationship.StartNode.NodeID":
		r.start, err = parseLEI(value)
	case "Relationship.StartNode.NodeIDType":
		r.startType, err = value, onlyLEI(value)
	case "Relationship.EndNode.NodeID":
		r.end, err = parseLEI(value)
	case "Relationship.EndNode.NodeIDType":
		r.endType, err = value, onlyLEI(value)
	case "Relationship.RelationshipType":
		if r.kind = value; gleifKinds[value] == (gleifKind{}) {
			err = errors.New("unknown type of relationship; see the relationship types of RR-CDF 2.1")
		}
	case "Relationship.RelationshipStatus":
		r.status, err = value, gleifCode(value, gleifStatuses)
	case "Registration.RegistrationStatus":
		r.registration, err = value, gleifCode(value, gleifRegistrations)
	case "Registration.LastUpdateDate":
		r.updated, err = parseDay(value)
	case "LEI":
		r.lei, err = parseLEI(value)
	case "ExceptionCategory":
		r.category, err = value, gleifCode(value, gleifCategories)
	default:
		switch rest, period := strings.CutPrefix(column, "Relationship.Period."); {
		case period:
			p := &r.periods[rest[0]-'1']
			switch rest[2:] {
			case "startDate":
				p.From, err = parseDay(value)
			case "endDate":
				p.To, err = parseDay(value)
			case "periodType":
				p.kind, err = value, gleifCode(value, gleifPeriods)
			}
		case strings.HasPrefix(column, "ExceptionReason."):
			r.reasons, err = append(r.reasons, value), gleifCode(value, gleifReasons)
		}
	}
	return err
}

// The codes of RR-CDF 2.1 and of the format of reporting exceptions 2.1.
var (
	gleifStatuses      = []string{"ACTIVE", "INACTIVE", "NULL"}
	gleifRegistrations = []string{"PENDING_VALIDATION", "PUBLISHED", "DUPLICATE", "LAPSED", "RETIRED", "ANNULLED", "TRANSFERRED", "PENDING_TRANSFER", "PENDING_ARCHIVAL"}
	gleifPeriods       = []string{"ACCOUNTING_PERIOD", "RELATIONSHIP_PERIOD", "DOCUMENT_FILING_PERIOD"}
	gleifCategories    = []string{"DIRECT_ACCOUNTING_CONSOLIDATION_PARENT", "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT"}
	gleifReasons       = []string{"NATURAL_PERSONS", "NON_CONSOLIDATING", "NO_KNOWN_PERSON", "NO_LEI", "NON_PUBLIC", "BINDING_LEGAL_COMMITMENTS",
		"LEGAL_OBSTACLES", "CONSENT_NOT_OBTAINED", "DISCLOSURE_DETRIMENTAL", "DETRIMENT_NOT_EXCLUDED"}
)

func gleifCode(value string, known []string) error {
	if !slices.Contains(known, value) {
		return fmt.Errorf("unknown code; known are %s", strings.Join(known, ", "))
	}
	return nil
}

// gleifKind is what a type of relationship means. The start node is the child.
type gleifKind struct {
	kind      Kind
	holds     bool // the start node is the owner
	whole     bool // of all there is
	isDefined bool
}

var gleifKinds = map[string]gleifKind{
	"IS_DIRECTLY_CONSOLIDATED_BY":   {kind: Unknown, isDefined: true},
	"IS_ULTIMATELY_CONSOLIDATED_BY": {kind: Unknown, isDefined: true},
	"IS_INTERNATIONAL_BRANCH_OF":    {kind: Ownership, whole: true, isDefined: true},
	"IS_FUND-MANAGED_BY":            {kind: Control, isDefined: true},
	"IS_SUBFUND_OF":                 {kind: Unknown, isDefined: true},
	"IS_FEEDER_TO":                  {kind: Unknown, holds: true, isDefined: true},
}

func (r *gleifRow) interest(at sanctions.Source) (in Interest, keep bool, err error) {
	in = Interest{Share: sanctions.UnknownShare, Source: at}
	if r.category != "" || r.lei != "" {
		in.OwnedID = r.lei
		in.Stated = strings.Trim(r.category+": "+strings.Join(r.reasons, ", "), ": ")
		return in, true, in.check(&gleifHeaders)
	}
	switch r.registration {
	case "ANNULLED", "DUPLICATE", "TRANSFERRED":
		return in, false, nil
	}
	kind, ok := gleifKinds[r.kind]
	if !ok {
		return in, true, &sanctions.Fault{Source: at, Header: "Relationship.RelationshipType", Err: errors.New("the row is neither a relationship nor an exception")}
	}
	in.Kind, in.Stated = kind.kind, "GLEIF "+r.kind
	if kind.whole {
		in.Share = sanctions.ExactShare(sanctions.Whole)
	}
	in.OwnerID, in.OwnedID = r.end, r.start
	if kind.holds {
		in.OwnerID, in.OwnedID = r.start, r.end
	}
	if in.OwnerID == "" {
		return in, true, &sanctions.Fault{Source: at, Header: "Relationship.EndNode.NodeID", Err: errors.New("the relationship has no second party")}
	}
	for _, p := range r.periods {
		if p.kind == "RELATIONSHIP_PERIOD" {
			in.Period = p.Period
		}
	}
	if (r.status == "INACTIVE" || r.registration == "RETIRED") && in.Period.To.IsZero() {
		if in.Period.To = r.updated; r.updated.IsZero() || !in.Period.Valid() {
			return in, false, nil // over, and nobody says since when
		}
	}
	return in, true, in.check(&gleifHeaders)
}

// parseDay reads a date or the date of a timestamp.
func parseDay(s string) (sanctions.Date, error) {
	day, _, _ := strings.Cut(s, "T")
	return sanctions.ParseDate(day)
}

func onlyLEI(s string) error {
	if s != "LEI" {
		return errors.New("only parties with an LEI are known here")
	}
	return nil
}

// parseLEI reads a legal entity identifier and checks its last two digits: as a
// number, with A for 10 to Z for 35, it leaves 1 when divided by 97 (ISO 17442,
// ISO 7064 MOD 97-10).
func parseLEI(s string) (string, error) {
	rest := 0
	for _, c := range []byte(s) {
		switch {
		case c >= '0' && c <= '9':
			rest = (rest*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			rest = (rest*100 + int(c-'A') + 10) % 97
		default:
			return "", errors.New("an LEI has 20 digits and capital letters")
		}
	}
	if len(s) != 20 || rest != 1 {
		return "", errors.New("this is no LEI: the length or the check digits are wrong")
	}
	return "lei:" + s, nil
}

var gleifHeaders = headers{"Relationship.EndNode.NodeID", "Relationship.StartNode.NodeID", "Relationship.RelationshipType", "", "Relationship.Period.1.startDate", "Relationship.Period.1.endDate"}
