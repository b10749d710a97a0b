package model

import (
	"slices"
	"strings"
	"sync"
)

// Characters read in two ways are found by either, so texts have several pinyin;
// mostReadings bounds them.
const mostReadings = 32

// longText is the number of characters from which a text's other readings are
// searched in their surroundings only, not in copies of the whole.
const longText = 6

// Pinyin gives the text's readings in full, lower case without spaces, ü as v, the
// usual one first: 单雄信 danxiongxin, chanxiongxin, shanxiongxin. Letters and
// digits stay; other marks and characters without a reading are left out.
func Pinyin(s string) []string { return combine(spell(s, whole)) }

// Initials gives the first letters of the readings: 张三 zs.
func Initials(s string) []string { return combine(spell(s, initial)) }

// SortKey orders texts by pinyin with tones, then by the text itself. A text of
// two to four characters may be a name, so its first character is read as a
// surname: 曾 stands under zeng, 单 under shan.
func SortKey(s string) string {
	var b strings.Builder
	runes := []rune(Fold(s))
	for i, r := range runes {
		sounds := readings(r)
		surname := surnameReadings[r]
		switch {
		case i == 0 && surname != "" && len(runes) >= 2 && len(runes) <= 4:
			b.WriteString(surname)
		case len(sounds) > 0:
			b.WriteString(sounds[0])
		default:
			b.WriteRune(r)
			continue
		}
		b.WriteByte(' ')
	}
	b.WriteByte('\t')
	b.WriteString(s)
	return b.String()
}

func whole(sound string) string { return sound }

func initial(sound string) string { return sound[:1] }

// spell gives for each character its different readings, each made by part.
func spell(s string, part func(string) string) [][]string {
	var sounds [][]string
	for _, r := range Fold(s) {
		var of []string
		for _, sound := range toneless(r) {
			if p := part(sound); !slices.Contains(of, p) {
				of = append(of, p)
			}
		}
		if len(of) > 0 {
			sounds = append(sounds, of)
		}
	}
	return sounds
}

// tonelessOf remembers characters looked up: names and titles use the same few.
var tonelessOf sync.Map // rune → []string

func toneless(r rune) []string {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return []string{string(r)}
	}
	if known, ok := tonelessOf.Load(r); ok {
		return known.([]string)
	}
	var list []string
	for _, sound := range readings(r) {
		if t := strings.TrimRight(sound, "12345"); !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	tonelessOf.Store(r, list)
	return list
}

// combine joins the readings of all characters: every combination where they are
// few; else the usual one and those that differ from it in one character.
func combine(sounds [][]string) []string {
	if len(sounds) == 0 {
		return nil
	}
	total := 1
	for _, of := range sounds {
		total = min(total*len(of), mostReadings+1)
	}
	if total > mostReadings {
		return others(sounds, len(sounds))
	}
	all := []string{""}
	for _, of := range sounds {
		next := make([]string, 0, len(all)*len(of))
		for _, head := range all {
			for _, sound := range of {
				next = append(next, head+sound)
			}
		}
		all = next
	}
	return distinct(all)
}

// windows gives the usual reading of a long text, and each other reading of a
// character with the six characters before and after it.
func windows(sounds [][]string) []string { return others(sounds, longText) }

// others gives the usual reading and then, for every other reading of a character,
// the text around it as far as reach characters to both sides.
func others(sounds [][]string, reach int) []string {
	usual := make([]string, len(sounds))
	for i, of := range sounds {
		usual[i] = of[0]
	}
	all := []string{strings.Join(usual, "")}
	for i, of := range sounds {
		for _, sound := range of[1:] {
			if len(all) == mostReadings {
				return distinct(all)
			}
			from, to := max(0, i-reach), min(len(usual), i+reach+1)
			all = append(all, strings.Join(usual[from:i], "")+sound+strings.Join(usual[i+1:to], ""))
		}
	}
	return distinct(all)
}

// distinct drops what came before; the order stays.
func distinct(all []string) []string {
	seen := make(map[string]bool, len(all))
	return slices.DeleteFunc(all, func(s string) bool {
		again := seen[s]
		seen[s] = true
		return again
	})
}
