package match_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sanctionrisk/exposure/sanctions"
	"github.com/sanctionrisk/exposure/sanctions/lists"
	"github.com/sanctionrisk/exposure/sanctions/match"
)

// inTwoScripts are firms by the name that they have in English and by the one in their own
// script, as they state both themselves.
var inTwoScripts = [][2]string{
	{"Huawei Technologies Co., Ltd.", "华为技术有限公司"},
	{"Bank of China Limited", "中国银行股份有限公司"},
	{"Industrial and Commercial Bank of China Limited", "中国工商银行股份有限公司"},
	{"China Construction Bank Corporation", "中国建设银行股份有限公司"},
	{"Agricultural Bank of China Limited", "中国农业银行股份有限公司"},
	{"China Merchants Bank Co., Ltd.", "招商银行股份有限公司"},
	{"Xiaomi Corporation", "小米集团"},
	{"China COSCO Shipping Corporation Limited", "中国远洋海运集团有限公司"},
	{"Bank of Communications Co., Ltd.", "交通银行股份有限公司"},
	{"Gree Electric Appliances, Inc. of Zhuhai", "珠海格力电器股份有限公司"},
	{"Midea Group Co., Ltd.", "美的集团股份有限公司"},
	{"Great Wall Motor Company Limited", "长城汽车股份有限公司"},
	{"Baoshan Iron & Steel Co., Ltd.", "宝山钢铁股份有限公司"},
	{"Alibaba Group Holding Limited", "阿里巴巴集团控股有限公司"},
	{"Baidu, Inc.", "百度公司"},
	{"State Grid Corporation of China", "国家电网有限公司"},
	{"China Railway Engineering Group Co., Ltd.", "中国铁路工程集团有限公司"},
	{"China National Nuclear Corporation", "中国核工业集团有限公司"},
	{"China State Shipbuilding Corporation Limited", "中国船舶集团有限公司"},
	{"China Southern Airlines Company Limited", "中国南方航空股份有限公司"},
	{"Air China Limited", "中国国际航空股份有限公司"},
	{"China Life Insurance Company Limited", "中国人寿保险股份有限公司"},
	{"Ping An Insurance (Group) Company of China, Ltd.", "中国平安保险(集团)股份有限公司"},
	{"Shandong Gold Mining Co., Ltd.", "山东黄金矿业股份有限公司"},
	{"Sany Heavy Industry Co., Ltd.", "三一重工股份有限公司"},
	{"Toyota Motor Corporation", "トヨタ自動車株式会社"},
	{"Mitsubishi Heavy Industries, Ltd.", "三菱重工業株式会社"},
	{"Sumitomo Mitsui Banking Corporation", "株式会社三井住友銀行"},
	{"Nissan Motor Co., Ltd.", "日産自動車株式会社"},
	{"Sony Group Corporation", "ソニーグループ株式会社"},
	{"Panasonic Holdings Corporation", "パナソニック ホールディングス株式会社"},
	{"Hitachi, Ltd.", "株式会社日立製作所"},
	{"Toshiba Corporation", "株式会社東芝"},
	{"Fujitsu Limited", "富士通株式会社"},
	{"Kawasaki Heavy Industries, Ltd.", "川崎重工業株式会社"},
	{"Nippon Steel Corporation", "日本製鉄株式会社"},
	{"Bridgestone Corporation", "株式会社ブリヂストン"},
	{"Canon Inc.", "キヤノン株式会社"},
	{"Suzuki Motor Corporation", "スズキ株式会社"},
	{"Mazda Motor Corporation", "マツダ株式会社"},
	{"Marubeni Corporation", "丸紅株式会社"},
	{"Itochu Corporation", "伊藤忠商事株式会社"},
	{"Mizuho Bank, Ltd.", "株式会社みずほ銀行"},
	{"Yamaha Motor Co., Ltd.", "ヤマハ発動機株式会社"},
	{"Samsung Electronics Co., Ltd.", "삼성전자주식회사"},
	{"Hyundai Motor Company", "현대자동차주식회사"},
	{"Korea Electric Power Corporation", "한국전력공사"},
	{"POSCO", "주식회사 포스코"},
	{"Kia Corporation", "기아 주식회사"},
	{"Korean Air Lines Co., Ltd.", "주식회사 대한항공"},
	{"Hyundai Heavy Industries Co., Ltd.", "현대중공업 주식회사"},
	{"Hanwha Corporation", "주식회사 한화"},
	{"Kookmin Bank", "국민은행"},
	{"Shinhan Bank", "신한은행"},
	{"Woori Bank", "우리은행"},
	{"Doosan Heavy Industries & Construction", "두산중공업"},
	{"Hanjin Shipping Co., Ltd.", "한진해운"},
	{"Korea Gas Corporation", "한국가스공사"},
	{"Lotte Chemical Corporation", "롯데케미칼 주식회사"},
	{"Saudi Aramco", "أرامكو السعودية"},
	{"Al Rajhi Bank", "مصرف الراجحي"},
	{"Saudi National Bank", "البنك الأهلي السعودي"},
	{"Banque Misr", "بنك مصر"},
	{"Etihad Airways", "الاتحاد للطيران"},
	{"Qatar Airways", "الخطوط الجوية القطرية"},
	{"National Bank of Kuwait", "بنك الكويت الوطني"},
	{"Saudi Telecom Company", "شركة الاتصالات السعودية"},
	{"Al Habtoor Group", "مجموعة الحبتور"},
	{"Orascom Construction", "أوراسكوم للإنشاءات"},
	{"Sonatrach", "سوناطراك"},
	{"Bank of Beirut S.A.L.", "بنك بيروت ش.م.ل"},
	{"Kuwait Petroleum Corporation", "مؤسسة البترول الكويتية"},
	{"Abu Dhabi Commercial Bank", "بنك أبوظبي التجاري"},
	{"Emirates Telecommunications Corporation", "مؤسسة الإمارات للاتصالات"},
	{"Almarai Company", "شركة المراعي"},
	{"Oman Oil Company", "شركة النفط العمانية"},
	{"Iran Khodro Company", "شرکت ایران خودرو"},
	{"SAIPA Corporation", "شرکت سایپا"},
	{"Bank Mellat", "بانک ملت"},
	{"Bank Pasargad", "بانک پاسارگاد"},
	{"National Iranian Oil Company", "شرکت ملی نفت ایران"},
	{"MAPNA Group", "گروه مپنا"},
	{"Mobarakeh Steel Company", "شرکت فولاد مبارکه اصفهان"},
	{"Persian Gulf Petrochemical Industry Company", "شرکت صنایع پتروشیمی خلیج فارس"},
	{"Mahan Air", "هواپیمایی ماهان"},
	{"Iran Aluminum Company", "شرکت آلومینیوم ایران"},
	{"Khuzestan Steel Company", "شرکت فولاد خوزستان"},
	{"Bank Hapoalim B.M.", "בנק הפועלים בע\"מ"},
	{"Bank Leumi le-Israel B.M.", "בנק לאומי לישראל בע\"מ"},
	{"Teva Pharmaceutical Industries Ltd.", "טבע תעשיות פרמצבטיות בע\"מ"},
	{"Elbit Systems Ltd.", "אלביט מערכות בע\"מ"},
	{"Israel Aerospace Industries Ltd.", "התעשייה האווירית לישראל בע\"מ"},
	{"Israel Electric Corporation Ltd.", "חברת החשמל לישראל בע\"מ"},
	{"Strauss Group Ltd.", "שטראוס גרופ בע\"מ"},
	{"Israel Discount Bank Ltd.", "בנק דיסקונט לישראל בע\"מ"},
	{"Bezeq The Israel Telecommunication Corp Ltd.", "בזק החברה הישראלית לתקשורת בע\"מ"},
	{"El Al Israel Airlines Ltd.", "אל על נתיבי אויר לישראל בע\"מ"},
	{"Tata Motors Limited", "टाटा मोटर्स लिमिटेड"},
	{"State Bank of India", "भारतीय स्टेट बैंक"},
	{"Bharat Heavy Electricals Limited", "भारत हेवी इलेक्ट्रिकल्स लिमिटेड"},
	{"Hindustan Aeronautics Limited", "हिन्दुस्तान एरोनॉटिक्स लिमिटेड"},
	{"Indian Oil Corporation Limited", "इंडियन ऑयल कॉर्पोरेशन लिमिटेड"},
	{"Reliance Industries Limited", "रिलायंस इंडस्ट्रीज लिमिटेड"},
	{"Punjab National Bank", "पंजाब नैशनल बैंक"},
	{"Mahindra & Mahindra Limited", "महिन्द्रा एंड महिन्द्रा लिमिटेड"},
	{"Maruti Suzuki India Limited", "मारुति सुज़ुकी इंडिया लिमिटेड"},
	{"Adani Group", "अदानी समूह"},
	{"Wipro Limited", "विप्रो लिमिटेड"},
	{"Bharat Electronics Limited", "भारत इलेक्ट्रॉनिक्स लिमिटेड"},
	{"Steel Authority of India Limited", "स्टील अथॉरिटी ऑफ इंडिया लिमिटेड"},
	{"Bank of Baroda", "बैंक ऑफ बड़ौदा"},
	{"Larsen & Toubro Limited", "लार्सन एंड टुब्रो लिमिटेड"},
	{"Infosys Limited", "इन्फोसिस लिमिटेड"},
}

// TestScripts looks for firms by the name in their own script among the English names of
// all, and finds no other. What is missed are names that neither say the same (招商 is
// Merchants, 长城 is Great Wall) nor sound so (远洋, COSCO), a single consonant whose vowels differ (Kia),
// and names of which one tells more: a place, a line of business.
func TestScripts(t *testing.T) {
	x := match.NewIndex(listOf(t, inTwoScripts))
	for _, c := range []struct {
		min   sanctions.Similarity
		floor float64
	}{{0, .83}, {5500, .87}} {
		found := 0
		for i, firm := range inTwoScripts {
			hits := x.Search(match.Query{Name: firm[1], Kind: sanctions.KindEntity, Min: c.min})
			ok := false
			for _, h := range hits {
				if h.Party.ID == fmt.Sprintf("own:%d", i) {
					ok = true
				} else if c.min == 0 {
					t.Errorf("%s is taken for %s: %v", firm[1], h.Matched.Text, h.Reasons())
				}
			}
			if ok {
				found++
			} else {
				t.Log("not found:", firm[0], firm[1])
			}
		}
		got := float64(found) / float64(len(inTwoScripts))
		t.Logf("min %v: %d of %d, %.3f", c.min, found, len(inTwoScripts), got)
		assert.GreaterOrEqual(t, got, c.floor)
	}
}

// TestScriptsAreLossless holds Search against Scan across scripts, in both directions and
// at several minimums.
func TestScriptsAreLossless(t *testing.T) {
	native := make([][2]string, len(inTwoScripts))
	for i, firm := range inTwoScripts {
		native[i] = [2]string{firm[1], firm[0]}
	}
	for _, firms := range [][][2]string{inTwoScripts, native} {
		x := match.NewIndex(listOf(t, firms))
		for _, firm := range firms {
			for _, min := range []sanctions.Similarity{2000, 5500, 8000} {
				for _, kind := range []sanctions.Kind{sanctions.KindEntity, sanctions.KindUnknown} {
					q := match.Query{Name: firm[1], Kind: kind, Min: min}
					assert.Equal(t, brief(x.Scan(q)), brief(x.Search(q)), "%s, kind %q, min %v", firm[1], kind, min)
				}
			}
		}
	}
}

// listOf is a list of entities by the first of each pair of names.
func listOf(t *testing.T, firms [][2]string) *sanctions.Snapshot {
	var b strings.Builder
	b.WriteString("party_id,kind,name\n")
	for i, firm := range firms {
		fmt.Fprintf(&b, "%d,entity,\"%s\"\n", i, strings.ReplaceAll(firm[0], `"`, `""`))
	}
	snapshot, _, err := lists.Open(fstest.MapFS{
		lists.ManifestName: {Data: []byte("file,format,list\nfirms.csv,parties,own\n")},
		"firms.csv":        {Data: []byte(b.String())},
	})
	require.NoError(t, err)
	return snapshot
}
