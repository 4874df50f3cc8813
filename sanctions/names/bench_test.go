package names_test

import (
	"testing"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/names"
)

// Names of the usual sorts and lengths.
var benchNames = map[string]string{
	"ascii":      "JSC Murom Instrument-Making Plant",
	"asciiForm":  "Kalinin Precision Engineering Works Limited Liability Company",
	"marks":      "Müller Maschinenbau Gesellschaft mit beschränkter Haftung",
	"cyrillic":   "АО «Муромский приборостроительный завод»",
	"arabic":     "شركة الصياد لخدمات الحراسة والحماية",
	"han":        "丹东鸿祥实业发展有限公司",
	"devanagari": "भारत इलेक्ट्रॉनिक्स लिमिटेड",
}

func BenchmarkAppendTokens(b *testing.B) {
	for _, name := range []string{"ascii", "asciiForm", "marks", "cyrillic", "arabic", "han", "devanagari"} {
		text := benchNames[name]
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var dst []names.Token
			for b.Loop() {
				dst = names.AppendTokens(dst[:0], text, sanctions.KindEntity)
			}
			b.ReportMetric(float64(len(dst)), "tokens")
		})
	}
}

func BenchmarkSkeleton(b *testing.B) {
	tokens := names.Parse("丹东鸿祥 Rosoboronexport بنك سامان", sanctions.KindEntity).Tokens
	b.ReportAllocs()
	var dst []byte
	for b.Loop() {
		dst = dst[:0]
		for i := range tokens {
			dst = names.AppendSkeleton(dst, &tokens[i])
		}
	}
}
