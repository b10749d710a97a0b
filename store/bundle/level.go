package bundle

// Words are what an office of a level is called, those below it and the one above: every
// sentence about them is made of these, at each level.
type Words struct {
	Level  string // 县, 地市, 省
	Own    string // the office's area: 县, 市, 省; with 本, 全, 里 or 内 to it
	Below  string // those that report: 村, 县, 地市; with 各 before it
	Unit   string // one of them, as a heading: 单位, 县(市、区), 地市
	There  string // where they are: 村里, 县里, 市里
	Theirs string // as they call their own: 本村, 本县, 本市
	Caller string // whom they phone: 县(市)委组织部, 市委组织部, 省委组织部
	Rule   string // whose rules the office makes: 本县(市)规定, 本市规定, 本省规定
	Kept   string // what the office keeps of those below: 记录, 数字
	Higher string // who stands above: 地市, 省; "" above a province
	Title  string // of what name the profile gives: 县(市)党组织
}

var words = map[string]Words{
	LevelCounty: {LevelCounty, "县", "村", "单位", "村里", "本村", "县(市)委组织部", "本县(市)规定", "记录", "地市、省", "县(市)党组织"},
	LevelCity:   {LevelCity, "市", "县", "县(市、区)", "县里", "本县", "市委组织部", "本市规定", "数字", "省", "市级党组织"},
	// What those of a city call theirs is what the city calls its own.
	LevelProvince: {LevelProvince, "省", "地市", "地市", "市里", "本市", "省委组织部", "本省规定", "数字", "", "省级党组织"},
}

// WordsOf gives the words of a level; "" is a county's.
func WordsOf(level string) Words {
	if w, ok := words[level]; ok {
		return w
	}
	return words[LevelCounty]
}

// Here is where the office is: 县里, 市里, 省里.
func (w Words) Here() string { return w.Own + "里" }

// Whole is its whole area: 全县, 全市, 全省.
func (w Words) Whole() string { return "全" + w.Own }

// Inside is what is within its area: 县内, 市内, 省内.
func (w Words) Inside() string { return w.Own + "内" }

// Each is all that report: 各村, 各县, 各地市.
func (w Words) Each() string { return "各" + w.Below }

// Towns is by what the office looks at how things go: 各乡镇, at those above counties Each.
func (w Words) Towns() string {
	if w.Sums() {
		return w.Each()
	}
	return "各乡镇"
}

// Sums tells whether the office takes in sums of other offices, and not records.
func (w Words) Sums() bool { return w.Level != LevelCounty }
