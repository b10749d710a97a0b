// Package folk makes up what the demo's village and the made-up county are both made
// of: people with their names and numbers, the places they live in, their days and
// their ways into the party. Nothing in it is real: ID numbers begin with 990101, which
// no place has, phones with 100, and the places are those of domain.md §11.4.
package folk

import (
	"fmt"

	"taizhang/store/demo/internal/dice"
)

// The county of all made-up records. No such places exist.
const (
	CountyName     = "澄安县"
	CountyCode     = "990101" // also the area of every ID number
	PrefectureName = "江洲市"
)

// Towns are the county's twenty townships; the code of the i-th is 990101101 + i.
var Towns = []string{"芦溆镇", "槐汀镇", "荻埠镇", "澄圩镇", "禾墩镇", "苇桥镇", "枫塍镇", "白蘋镇", "望圩镇", "青埂镇",
	"桑渡镇", "莲漪镇", "石蓼镇", "榆塬镇", "杏圩镇", "鹭汀镇", "秋荻镇", "麦墩镇", "溪塍镇", "柳圩回族乡"}

// Place is a village of the made-up county.
type Place struct {
	Code     string // of twelve digits
	Name     string // 东荷庄村
	Township string
	County   string
}

// County is one of the made-up counties of a made-up city. Their townships are called
// alike, and so are the areas of their people's ID numbers.
type County struct{ Code, Name string }

// Counties are those of the city; the first is that of all other made-up records.
var Counties = []County{{CountyCode, CountyName}, {"990102", "荻宁县"}, {"990103", "蓼川县"}, {"990104", "苇平县"}, {"990105", "漪安县"}, {"990106", "榆汀县"}}

// Mark is the character by which the county's documents are numbered.
func (c County) Mark() string { return string([]rune(c.Name)[:1]) }

// TownCode gives the code of the county's i-th township.
func (c County) TownCode(i int) string { return fmt.Sprintf("%s%03d", c.Code, 101+i) }

// VillagePlace gives the n-th village (from 0) of the county's i-th township.
func (c County) VillagePlace(town, n int, name string) Place {
	return Place{Code: fmt.Sprintf("%s%03d", c.TownCode(town), 201+n), Name: name, Township: Towns[town], County: c.Name}
}

// TownCode gives the code of the i-th township.
func TownCode(i int) string { return Counties[0].TownCode(i) }

// VillagePlace gives the n-th village (from 0) of the i-th township.
func VillagePlace(town, n int, name string) Place { return Counties[0].VillagePlace(town, n, name) }

// FirstVillage is the village of the demo; the whole county begins with it too.
func FirstVillage() Place { return VillagePlace(0, 0, "东荷庄村") }

// BranchName is the full name of the village's party branch.
func (p Place) BranchName() string {
	return "中共" + p.County + p.Township + p.Name + "支部委员会"
}

// ShortName is what the branch is called in the village.
func (p Place) ShortName() string { return p.Name + "党支部" }

var (
	villageFront  = []rune("东西南北前后上下大小新老")
	villageMiddle = []rune("荷柳桑桃杏槐榆稻麦苇荻蓼")
	villageEnd    = []rune("庄圩墩桥塘舍埂汀")
)

// VillageNames gives n different village names, the demo's village first.
func VillageNames(d *dice.Dice, n int) []string {
	names := []string{FirstVillage().Name}
	seen := map[string]bool{names[0]: true}
	for len(names) < min(n, len(villageFront)*len(villageMiddle)*len(villageEnd)) {
		name := string([]rune{dice.Pick(d, villageFront), dice.Pick(d, villageMiddle), dice.Pick(d, villageEnd), '村'})
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

// FirmNames names n enterprises of a place, no two of one brand.
func FirmNames(d *dice.Dice, place string, n int) []string {
	var firms []string
	seen := map[string]bool{}
	for len(firms) < n {
		brand, trade := dice.Pick(d, firmFirst)+dice.Pick(d, firmSecond), dice.Pick(d, firmTrade)
		if seen[brand] {
			continue
		}
		seen[brand] = true
		firms = append(firms, place+brand+trade+"有限公司")
	}
	return firms
}
