package demo

import (
	"fmt"
	"strings"

	"taizhang/model"
)

// The county of all made-up records. No such places exist.
const (
	countyName     = "澄安县"
	countyCode     = "990101"
	prefectureName = "江洲市"
)

// towns are the county's twenty townships; the code of the i-th is 990101101 + i.
var towns = []string{"芦溆镇", "槐汀镇", "荻埠镇", "澄圩镇", "禾墩镇", "苇桥镇", "枫塍镇", "白蘋镇", "望圩镇", "青埂镇",
	"桑渡镇", "莲漪镇", "石蓼镇", "榆塬镇", "杏圩镇", "鹭汀镇", "秋荻镇", "麦墩镇", "溪塍镇", "柳圩回族乡"}

// Place is a village of the made-up county.
type Place struct {
	Code     string // of twelve digits
	Name     string // 东荷庄村
	Township string
	County   string
}

// townCode gives the code of the i-th township.
func townCode(i int) string { return fmt.Sprintf("%s%03d", countyCode, 101+i) }

// villagePlace gives the n-th village (from 0) of the i-th township.
func villagePlace(town, n int, name string) Place {
	return Place{Code: fmt.Sprintf("%s%03d", townCode(town), 201+n), Name: name, Township: towns[town], County: countyName}
}

// firstVillage is the village of the demo; the whole county begins with it too.
func firstVillage() Place { return villagePlace(0, 0, "东荷庄村") }

// branchName is the full name of the village's party branch.
func (p Place) branchName() string {
	return "中共" + p.County + p.Township + p.Name + "支部委员会"
}

// shortName is what the branch is called in the village.
func (p Place) shortName() string { return p.Name + "党支部" }

var (
	villageFront  = []rune("东西南北前后上下大小新老")
	villageMiddle = []rune("荷柳桑桃杏槐榆稻麦苇荻蓼")
	villageEnd    = []rune("庄圩墩桥塘舍埂汀")
)

// villageNames gives n different village names, the demo's village first.
func villageNames(d *dice, n int) []string {
	names := []string{firstVillage().Name}
	seen := map[string]bool{names[0]: true}
	for len(names) < min(n, len(villageFront)*len(villageMiddle)*len(villageEnd)) {
		name := string([]rune{pick(d, villageFront), pick(d, villageMiddle), pick(d, villageEnd), '村'})
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

var (
	firmFirst  = []string{"兴", "瑞", "恒", "永", "盛", "昌"}
	firmSecond = []string{"泰", "源", "达", "和", "丰", "光"}
	firmTrade  = []string{"灯饰", "箱包", "服装", "机械", "饲料", "水产", "电缆", "纺织"}
)

// firm is a made-up enterprise.
type firm struct{ name, brand, trade string }

// firmNames gives n enterprises of a place with different brands.
func firmNames(d *dice, place string, n int) []firm {
	var firms []firm
	seen := map[string]bool{}
	for len(firms) < n {
		brand, trade := pick(d, firmFirst)+pick(d, firmSecond), pick(d, firmTrade)
		if seen[brand] {
			continue
		}
		seen[brand] = true
		firms = append(firms, firm{place + brand + trade + "有限公司", brand, trade})
	}
	return firms
}

const creditDigits = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// creditCode gives a unified social credit code (GB 32100-2015) in the made-up
// area: kind is its first two characters (91 an enterprise, 93 a cooperative).
func creditCode(d *dice, kind string) string {
	organisation := "MA" + fmt.Sprintf("%06d", d.IntN(1000000))
	body := kind + countyCode + organisation + string(organisationCheck(organisation))
	return body + string(creditCheck(body))
}

// creditCheck gives the last character of a code from the seventeen before it.
func creditCheck(body string) byte {
	sum, weight := 0, 1
	for i := range len(body) {
		sum += weight * strings.IndexByte(creditDigits, body[i])
		weight = weight * 3 % 31
	}
	return creditDigits[(31-sum%31)%31]
}

// organisationCheck gives the ninth character of an organisation's code (GB
// 11714-1997), which stands inside the credit code.
func organisationCheck(body string) byte {
	sum := 0
	for i, w := range []int{3, 7, 9, 10, 5, 8, 4, 2} {
		v := int(body[i] - '0')
		if body[i] >= 'A' {
			v = int(body[i]-'A') + 10
		}
		sum += v * w
	}
	return "0X987654321"[sum%11]
}

// idNumbers gives out ID numbers of the made-up area, each once.
type idNumbers struct{ used map[model.Date]int }

func newIDNumbers() *idNumbers { return &idNumbers{used: map[model.Date]int{}} }

// next gives the next number of one born on that day; odd sequences are men's.
func (n *idNumbers) next(birth model.Date, sex string) string {
	seq := n.used[birth]
	n.used[birth]++
	digit := 2*seq + 2
	if sex == "男" {
		digit = 2*seq + 1
	}
	t := birth.Time()
	body := fmt.Sprintf("%s%04d%02d%02d%03d", countyCode, t.Year(), int(t.Month()), t.Day(), digit)
	return body + string(model.IDCheckChar(body))
}

// phones gives out made-up mobile numbers, each once.
type phones struct {
	d    *dice
	used map[int]bool
}

func newPhones(d *dice) *phones { return &phones{d, map[int]bool{}} }

func (p *phones) next() string {
	for {
		n := p.d.IntN(100_000_000)
		if !p.used[n] {
			p.used[n] = true
			return fmt.Sprintf("100%08d", n)
		}
	}
}
