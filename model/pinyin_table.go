package model

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

// pinyinTable holds the readings of 42,000 characters, one line each, ordered by
// code point: "曾 ceng2 zeng1", the usual reading first. It is made by
// `go test ./model -run TestPinyinTable -update` from the dictionary of
// github.com/mozillazg/go-pinyin (MIT licence, © mozillazg); that dictionary is a
// map literal which takes 4 to 10 ms at every start, while this text is searched
// in place and costs nothing before the first look-up.
//
//go:embed pinyin.txt
var pinyinTable string

// readings gives a character's readings with tone digits, nil where it has none.
func readings(r rune) []string {
	if r < 0x3007 {
		return nil
	}
	lo, hi := 0, len(pinyinTable)
	for lo < hi {
		mid := lo + (hi-lo)/2
		start := strings.LastIndexByte(pinyinTable[:mid], '\n') + 1
		end := mid + strings.IndexByte(pinyinTable[mid:], '\n')
		at, size := utf8.DecodeRuneInString(pinyinTable[start:])
		switch {
		case at == r:
			return strings.Fields(pinyinTable[start+size : end])
		case at < r:
			lo = end + 1
		default:
			hi = start
		}
	}
	return nil
}

// surnameReadings are those that a character has as a surname where another is
// the usual one.
var surnameReadings = map[rune]string{
	'单': "shan4", '曾': "zeng1", '仇': "qiu2", '解': "xie4", '区': "ou1", '盖': "ge3", '查': "zha1", '任': "ren2",
	'朴': "piao2", '缪': "miao4", '翟': "zhai2", '隗': "wei3", '乐': "yue4", '覃': "qin2", '召': "shao4", '种': "chong2",
	'秘': "bi4", '折': "she2", '员': "yun4", '宿': "su4", '华': "hua4", '纪': "ji3", '燕': "yan1", '应': "ying1", '葛': "ge3",
	'卜': "bu3", '尉': "wei4", '长': "zhang3", '冼': "xian3", '洗': "xian3", '黑': "he4", '石': "shi2", '车': "che1",
	'都': "du1", '哈': "ha3", '那': "na1", '宁': "ning4", '曲': "qu1", '沈': "shen3", '於': "yu1", '郗': "xi1", '幺': "yao1",
	'薄': "bo2", '阚': "kan4", '能': "nai4", '乜': "nie4", '么': "yao1", '佴': "nai4", '祭': "zhai4", '褚': "chu3", '繁': "po2",
	'郄': "qie4", '钭': "tou3", '贲': "ben1", '柏': "bai3", '逄': "pang2",
}
