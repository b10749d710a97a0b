package demo

import (
	"fmt"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// demonstrations are the models of the village. They come before the meetings, of
// which one is held at the first of them.
func (v *village) demonstrations() {
	d := v.dice("demonstrations")
	k := v.cast
	tech := folk.Where(k.all, func(p *folk.Villager) bool { return p.Tech && p.Exit == "" && p.Since == v.span.opening() })
	put := func(months int, f fields) {
		on := v.span.opening().AddMonths(-months).AddDays(d.Between(3, 25))
		if months <= 0 {
			on = folk.Workday(folk.DayIn(v.span.first.Add(-months), 18))
		}
		if !v.span.past(on) {
			return
		}
		f["designated_on"] = on
		if months > 12 {
			f["checked_on"] = v.span.opening().AddMonths(-4).AddDays(d.Between(0, 20))
		}
		f["visitors"] = d.Between(60, 680)
		v.models = append(v.models, v.book.put(max(on, v.span.opening()), "demonstration", f))
	}
	plaque := 0
	for i, p := range tech {
		plaque++
		put([]int{22, 15, 9, -3, 18}[i%5], fields{"kind": "党员科技示范户", "name": p.Name + "科技示范户", "person": p.ID, "level": []string{"市县", "乡镇", "村"}[i%3],
			"feature": dice.Pick(d, []string{"稻虾共作", "优质稻", "荷藕", "河蟹套养"}), "adviser": folk.PrefectureName + "水产技术推广站", "led_households": d.Between(4, 16),
			"plaque_no": fmt.Sprintf("澄示%04d", 210+plaque), "story": dice.Phrase(d, "示范面积 {20-120} 亩,每亩增收 {500-1600} 元,{周边农户常来看田|毫无保留传授技术}。", nil), "kept_as": keptBy(i%3 == 2)})
	}
	put(14, fields{"kind": "双带示范村", "name": v.place.Name + "双带示范村", "organization": v.home, "level": "乡镇", "feature": "稻虾共作", "led_households": 186, "plaque_no": "芦示0012", "kept_as": party.KeptThere})
	put(-5, fields{"kind": "示范基地", "name": v.place.Name + "稻虾共作示范基地", "organization": v.home, "level": "市县", "feature": "稻虾共作", "led_households": 142, "plaque_no": "澄基0031", "kept_as": party.KeptThere})
	put(8, fields{"kind": "党员示范岗", "name": "便民服务窗口示范岗", "person": k.village[0].ID, "level": "村", "plaque_no": string([]rune(v.place.Name)[:1]) + "示0001", "kept_as": party.KeptHere})
	put(7, fields{"kind": "双带党员示范户", "name": k.deputy.Name + "双带示范户", "person": k.deputy.ID, "level": "乡镇", "feature": "农机服务", "led_households": 21, "plaque_no": "芦示0026", "kept_as": party.KeptThere})
	put(6, fields{"kind": "挂牌上岗", "name": "水利管护党员岗", "person": k.elders[0].ID, "level": "村", "plaque_no": string([]rune(v.place.Name)[:1]) + "示0002", "kept_as": party.KeptHere})
	put(5, fields{"kind": "红旗班组", "name": "农机服务党员班组", "organization": v.groups[0], "level": "乡镇", "feature": "农机服务", "plaque_no": "芦红0007", "kept_as": party.KeptThere})
}

func keptBy(own bool) string {
	if own {
		return party.KeptHere
	}
	return party.KeptThere
}

// praise writes who was honoured and what was told of them.
func (v *village) praise() {
	v.honors()
	v.publicity()
}

// supplies are what was handed to the models. They come before the classes in which the
// films are shown.
func (v *village) supplies() {
	months := v.span.months()
	for i, s := range []struct {
		month          int
		item, title    string
		quantity       int
		unit, provider string
		value          int // yuan
		who            *folk.Villager
		model          bool
		location       string
	}{
		{1, "图书", "稻虾共作技术图解", 40, "册", "县图书馆", 960, v.cast.accountant, false, "农家书屋"},
		{2, "科技片", "农业技术短片合集", 52, "部", "县农业农村局", 780, v.cast.youth, true, "远程教育站点"},
		{3, "VCD机", "便携播放机", 1, "台", "县农业农村局", 560, v.cast.deputy, true, "田头课堂"},
		{4, "电脑", "远程教育终端", 1, "台", "镇党委", 3800, v.cast.youth, false, "远程教育站点"},
		{5, "投影", "会议投影仪", 1, "台", "镇党委", 2600, v.cast.organizer, false, "党员活动室"},
		{6, "图书", "党员学习读本", 115, "册", "县委组织部", 2300, v.cast.publicist, false, "党员活动室"},
		{7, "其他", "水质检测箱", 3, "套", "水产技术推广站", 1500, v.cast.deputy, true, "田头课堂"},
		{8, "科技片", "小龙虾防病专题片", 18, "部", "水产技术推广站", 270, v.cast.youth, true, "远程教育站点"},
		{9, "VCD机", "旧播放机", 1, "台", "镇文化站", 300, v.cast.heads[0], false, "文化广场"},
	} {
		on := folk.Workday(folk.DayIn(months[min(s.month, len(months)-1)], 8+i))
		if !v.span.holds(on) {
			continue
		}
		f := fields{"item": s.item, "title": s.title, "quantity": s.quantity, "unit": s.unit, "value": s.value * 100, "provider": s.provider,
			"received_on": on, "recipient": s.who.ID, "location": v.place.Name + s.location, "state": "在用", "kept_as": party.KeptThere}
		if s.title == "旧播放机" {
			f["state"] = "损坏"
		}
		if s.model && len(v.models) > 0 {
			f["demonstration"] = v.models[0]
		}
		id := v.book.put(on, "supply", f)
		if s.item == "科技片" {
			v.films = append(v.films, film{id, on})
		}
	}
}

// honors of this year and of some years before, and the medals of those who have
// been in the party for fifty years.
func (v *village) honors() {
	d := v.dice("honors")
	k := v.cast
	opening := v.span.opening()
	put := func(on model.Date, f fields) {
		if v.span.past(on) {
			f["granted_on"], f["kept_as"] = on, keptBy(f["level"] == "村")
			v.book.put(max(on, opening), "honor", f)
		}
	}
	town, county := "中共"+v.place.Township+"委员会", "中共"+v.place.County+"委员会"
	for _, year := range []int{v.span.asOf.Year(), v.span.asOf.Year() - 1, v.span.asOf.Year() - 2} {
		july, _ := model.NewDate(year, 6, 28)
		number := func(n int) string { return fmt.Sprintf("芦委〔%d〕%d号", year, n) }
		fit := folk.Where(k.all, func(p *folk.Villager) bool {
			return p.Group >= 0 && p.Exit == "" && p.Since == opening && p.Confirmed != "" && p.Confirmed <= july && p.NotDue == "" && p.Away == ""
		})
		for _, p := range dice.Sample(d, fit, v.size.scaled(4)) {
			put(july, fields{"title": "优秀共产党员", "kind": "优秀共产党员", "level": "乡镇", "granted_by": town, "person": p.ID, "document_no": number(31)})
		}
		for _, p := range dice.Sample(d, fit, v.size.scaled(6)) {
			put(july, fields{"title": "村级先锋党员", "kind": "优秀共产党员", "level": "村", "granted_by": v.place.ShortName(), "person": p.ID, "reward": 200_00})
		}
		put(july, fields{"title": "优秀党务工作者", "kind": "优秀党务工作者", "level": "乡镇", "granted_by": town, "person": v.committeeOn(july)[2].ID, "document_no": number(32)})
		put(july, fields{"title": "先进基层党组织", "kind": "先进基层党组织", "level": map[bool]string{true: "市县", false: "乡镇"}[year%2 == 0],
			"granted_by": map[bool]string{true: county, false: town}[year%2 == 0], "organization": v.home, "document_no": number(33), "reward": 3000_00})
	}
	v.medals(put)
	v.talentHonor(put)
}

// medals go to those whose fiftieth year in the party was full on 1 July.
func (v *village) medals(put func(model.Date, fields)) {
	for year := 2021; year <= v.span.asOf.Year(); year++ {
		july, _ := model.NewDate(year, 7, 1)
		before, _ := model.NewDate(year-1, 7, 1)
		for _, p := range v.cast.all {
			fifty := p.Joined.AddYears(50)
			first := year == 2021 && p.Joined != "" && fifty <= july
			if p.Group >= 0 && p.Joined != "" && p.Entry == "" && (first || before < fifty && fifty <= july) && (p.Until == "" || july < p.Until) {
				put(july, fields{"title": "光荣在党50年", "kind": "光荣在党50年纪念章", "level": "国家", "granted_by": "中共中央", "person": p.ID})
			}
		}
	}
}

func (v *village) talentHonor(put func(model.Date, fields)) {
	months := v.span.months()
	for i, p := range v.cast.makers {
		m := months[1+i%8]
		put(folk.Workday(folk.DayIn(m, 24)), fields{"title": "乡村科技人才", "kind": "乡村科技人才", "level": "市县",
			"granted_by": v.place.County + "农业农村局", "person": p.ID, "document_no": fmt.Sprintf("澄农〔%d〕%d号", folk.YearOf(m), 12+i)})
	}
}

func (v *village) publicity() {
	d := v.dice("publicity")
	k := v.cast
	months := v.span.months()
	lead := folk.Where(k.all, func(p *folk.Villager) bool {
		return p.BothLead && p.Group >= 0 && p.Exit == "" && p.Since == v.span.opening()
	})
	for i, s := range []struct {
		month               int
		title, media, level string
		people              int
		org                 bool
		text                string
	}{
		{0, "稻虾田里的党员先锋队", "公众号", "乡镇", 3, false, "报道党员先锋队帮扶缺劳力农户的做法,阅读 {600-1800} 次。"},
		{1, "一年修渠四公里", "橱窗展板", "村", 0, true, "展板 {6-10} 块,集中展示水利建设前后对比。"},
		{2, "新班子的第一份清单", "网站", "乡镇", 0, true, "介绍换届后支部列出民生清单 {9-14} 项。"},
		{4, "双带党员把技术教给邻居", "报纸", "市县", 1, false, "头版小通讯,配图 1 幅。"},
		{5, "党费日里话家常", "短视频", "乡镇", 2, false, "时长 {1-3} 分钟,播放 {2000-9000} 次。"},
		{6, "五好村的半年账", "电台", "市县", 0, true, "专题播出 {6-10} 分钟。"},
		{7, "政治生日那天", "事迹演讲", "乡镇", 1, false, "镇党委大会演讲,听众 {120-200} 人。"},
		{8, "党员联户记", "事迹汇编", "乡镇", 4, false, "收入《芦溆先锋》小册子。"},
		{9, "稻虾共作示范户经验", "向上推荐", "市县", 1, false, "推荐至县委组织部。"},
		{10, "返乡青年的冷库", "电视台", "地市", 1, false, "新闻播出 {60-120} 秒。"},
	} {
		on := folk.Workday(folk.DayIn(months[min(s.month, len(months)-1)], 19))
		if !v.span.holds(on) {
			continue
		}
		f := fields{"title": s.title, "media": s.media, "level": s.level, "published_on": on, "author": []string{k.publicist.Name, k.youth.Name}[i%2],
			"content": dice.Phrase(d, s.text, nil), "kept_as": party.KeptHere}
		if s.media == "事迹汇编" {
			f["copies"] = 300
		}
		if s.people > 0 {
			f["persons"] = folk.IDs(dice.Sample(d, lead, s.people))
		}
		if s.org {
			f["organization"] = v.home
		}
		v.book.put(on, "publicity", f)
	}
}
