package risk

import (
	"slices"

	"github.com/sanctionrisk/exposure/risk/claims"
	"github.com/sanctionrisk/exposure/risk/tables"
)

// The vocabularies of claims. The position of a term in its vocabulary is its bit in
// the fact of that name.
var (
	kinds          = vocabulary[claims.Kind]("kind")
	stages         = vocabulary[claims.Stage]("stage")
	itemClasses    = vocabulary[claims.ItemClass]("item_class")
	directions     = vocabulary[claims.Direction]("direction")
	subjectTypes   = vocabulary[claims.SubjectType]("subject_type")
	capacities     = vocabulary[claims.Capacity]("capacity")
	participations = vocabulary[claims.Participation]("participation")
	polarities     = vocabulary[claims.Polarity]("claim_polarity")
	bases          = vocabulary[claims.CounterpartyBasis]("counterparty_basis")
	namings        = vocabulary[claims.SourceNaming]("source_naming")

	endStages = slices.Index(stages, claims.Suspended) // from here on stages end a dealing
)

func vocabulary[T ~string](column string) []T {
	terms := claims.Terms(column)
	out := make([]T, len(terms))
	for i, t := range terms {
		out[i] = T(t)
	}
	return out
}

// Those of the tables, in their orders.
var (
	reaches  = tables.Reaches()
	statuses = tables.Statuses()

	rankIndicator, rankPlausible, rankStrong = reachRank(tables.Indicator), reachRank(tables.Plausible), reachRank(tables.Strong)
)

func reachRank(r tables.Reach) int { return slices.Index(reaches, r) }

func orElse[T comparable](v, other T) T {
	if v == *new(T) {
		return other
	}
	return v
}
