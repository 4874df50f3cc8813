package names_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

func skeletons(text string) (out []string) {
	for s := range names.Skeletons(&names.Parse(text, sanctions.KindEntity).Tokens[0]) {
		out = append(out, string(s))
	}
	return out
}

func TestSkeletons(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
		why  string
	}{
		{"Rafgan", []string{"rfkn"}, "a Latin word has one"},
		{"רפגן", []string{"rfkn", "rbkn"}, "פ is f or p"},
		{"ラリモ", []string{"rm", "lm"}, "l and r are one sound"},
		{"Almarqa", []string{"lmrk", "mrk"}, "it may begin with an article"},
		{"Toyoe", []string{"toio"}, "one consonant has its vowels"},
		{"トヨエ", []string{"toio"}, "as it is read"},
		{"Dadu", []string{"tatu"}, "in any letters of its class"},
		{"दादू", []string{"tatu"}, "as Hindi writes it"},
		{"Io", nil, "too little to go by"},
		{"تو", nil, "vowels are not told"},
	} {
		assert.Equal(t, c.want, skeletons(c.text), "%s: %s", c.text, c.why)
	}
}

// However many letters may be others, a word has few skeletons, the plain one first.
func TestSkeletonsAreFew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("רפבשהגילラリルバビシジトヨ롯한바시तजफबएابحهرت")), 1, 30, -1).Draw(t, "text")
		tokens := names.Parse(text, sanctions.KindEntity).Tokens
		for i := range tokens {
			var got []string
			for s := range names.Skeletons(&tokens[i]) {
				got = append(got, string(s))
			}
			assert.LessOrEqual(t, len(got), 16)
			if plain := tokens[i].Skeleton(); len(plain) > 1 {
				assert.Equal(t, plain, got[0])
			}
		}
	})
}

// Every name of japanese.csv is read as the table says, in the names of firms and persons.
func TestJapaneseReadings(t *testing.T) {
	for _, r := range table(t, "japanese.csv") {
		want := names.Parse(r[0], sanctions.KindEntity).Tokens[0].Key
		for phrase := range strings.SplitSeq(r[1], ";") {
			for _, kind := range []sanctions.Kind{sanctions.KindEntity, sanctions.KindPerson} {
				tokens := names.Parse(phrase, kind).Tokens
				assert.Len(t, tokens, 1, phrase)
				assert.Equal(t, want, tokens[0].Key, phrase)
			}
		}
	}
}
