package kit

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/paper/page"
)

// The key on paper: 64 bytes (the age secret and minisign's seed), a byte for the form
// before them and one of check behind. Six bytes a line make fifteen digits in three
// groups; the fourth group checks the line together with its number, so that a mistyped
// digit, two that changed places and a line in the wrong place are each found.
const (
	paperForm   = 1
	lineBytes   = 6
	lineDigits  = 15
	groupDigits = 5
	checkDigits = 4
	checkPrime  = 9973 // prime: every single digit and every exchange of neighbours shows
	secretBytes = 64
)

// PaperLines is how many lines a key takes on paper.
const PaperLines = (secretBytes + 2) / lineBytes

// Line is one line of a key on paper.
type Line struct {
	Number int       // from 1
	Groups [3]string // five digits each
	Check  string    // four digits
}

// String gives a line as it is read out and typed.
func (l Line) String() string { return strings.Join(append(l.Groups[:], l.Check), " ") }

// Lines gives a county's present key as it stands on paper. *model.Error E-KEY for a key
// that was made by another program and can't be written so.
func Lines(key *bundle.CountyKey) ([]Line, error) {
	secret, err := key.Secret()
	if err != nil {
		return nil, err
	}
	all := append(append([]byte{paperForm}, secret...), 0)
	all[len(all)-1] = sum(all)
	var lines []Line
	for n := range PaperLines {
		var eight [8]byte
		copy(eight[2:], all[n*lineBytes:(n+1)*lineBytes])
		digits := fmt.Sprintf("%0*d", lineDigits, binary.BigEndian.Uint64(eight[:]))
		l := Line{Number: n + 1, Check: check(n+1, digits)}
		for i := range l.Groups {
			l.Groups[i] = digits[i*groupDigits : (i+1)*groupDigits]
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// sum is what all bytes but the last say together.
func sum(all []byte) byte {
	s := byte(0)
	for i, b := range all[:len(all)-1] {
		s += b ^ byte(i*7)
	}
	return s
}

// check gives a line's check group.
func check(number int, digits string) string {
	n, _ := new(big.Int).SetString(strconv.Itoa(number)+digits, 10)
	return fmt.Sprintf("%0*d", checkDigits, n.Mod(n, big.NewInt(checkPrime)))
}

// ReadLine reads a line as it was typed: digits, with or without blanks. *model.Error
// E-LINE says what is wrong with it.
func ReadLine(number int, typed string) ([]byte, error) {
	digits := ""
	for _, r := range model.HalfWidth(typed) {
		switch {
		case r >= '0' && r <= '9':
			digits += string(r)
		case r == ' ' || r == '-' || r == '\t' || r == ',':
		default:
			return nil, model.Errorf("E-LINE", "第 %d 行里有不是数字的“%s”,请照纸上的数字打", number, model.Clean(string(r), false))
		}
	}
	if n := len(digits); n != lineDigits+checkDigits {
		return nil, model.Errorf("E-LINE", "第 %d 行应有 %d 位数字,打了 %d 位,请照纸上再打一遍", number, lineDigits+checkDigits, n)
	}
	value, told := digits[:lineDigits], digits[lineDigits:]
	if check(number, value) != told {
		for other := 1; other <= PaperLines; other++ {
			if check(other, value) == told {
				return nil, model.Errorf("E-LINE", "打的是第 %d 行,现在要打第 %d 行", other, number)
			}
		}
		return nil, model.Errorf("E-LINE", "第 %d 行打错了(核对的四位数字对不上),请照纸上再打一遍", number)
	}
	n, err := strconv.ParseUint(value, 10, 64)
	if err != nil || n >= 1<<(8*lineBytes) {
		return nil, model.Errorf("E-LINE", "第 %d 行打错了,请照纸上再打一遍", number)
	}
	var eight [8]byte
	binary.BigEndian.PutUint64(eight[:], n)
	return eight[2:], nil
}

// Typed makes a key of the lines of a paper, in order. *model.Error: E-LINE naming the
// line that is mistyped, E-KEY for lines that belong to no key.
func Typed(lines []string) (*bundle.CountyKey, error) {
	if len(lines) != PaperLines {
		return nil, model.Errorf("E-LINE", "纸上的密钥有 %d 行,打了 %d 行,请全部打上", PaperLines, len(lines))
	}
	var all []byte
	for i, text := range lines {
		b, err := ReadLine(i+1, text)
		if err != nil {
			return nil, err
		}
		all = append(all, b...)
	}
	switch {
	case all[0] != paperForm:
		return nil, model.Errorf("E-KEY", "这张纸是用更新的程序印的,请先更新本程序")
	case sum(all) != all[len(all)-1]:
		return nil, model.Errorf("E-KEY", "各行都对,合起来却不是一把密钥:是不是两张纸的混在了一起?")
	}
	return bundle.NewCountyKey(bytes.NewReader(all[1 : len(all)-1]))
}

// paperTexts say on the paper what it is for.
func paperTexts(digits string) []string {
	return []string{
		"这是县里打开报送包、签发回执的密钥,校验数字 " + digits + "。请锁进保险柜,不要拍照、不要复印:谁拿到它,谁就打得开全县的报送包。",
		"电脑坏了、密钥文件丢了时:在县里的台账里用“输入纸上的密钥”(taizhang county key type)一行一行打进去;每行后四位是核对数字,打错了当场会说是哪一行。",
		"换了密钥以后重新打印,旧的这张还要留到各村都换过来,再销毁。",
	}
}

// Sheet is the paper of a key.
func Sheet(who string, day model.Date, digits string, lines []Line) page.Sheet {
	t := &page.Table{Tall: 26}
	for _, h := range []string{"行", "第一组", "第二组", "第三组", "核对"} {
		t.Columns = append(t.Columns, page.Column{Heading: []string{h}, Align: page.Centre, Min: 12})
	}
	for _, l := range lines {
		t.Rows = append(t.Rows, []any{strconv.Itoa(l.Number), l.Groups[0], l.Groups[1], l.Groups[2], l.Check})
	}
	return page.Sheet{Name: "县里的密钥", Title: "县里的密钥(纸质备份)", Left: who, Right: day.Chinese(), Inside: true,
		Blocks: []page.Block{t, page.Lines{Text: paperTexts(digits), Space: 12},
			page.Lines{Text: []string{"打印人:                    存放处:                    封存日期:      年   月   日"}, Space: 16, Keep: true}}}
}

// PaperText is the paper as text.
func PaperText(who string, day model.Date, digits string, lines []Line) string {
	var b strings.Builder
	fmt.Fprintf(&b, "县里的密钥(纸质备份)\n%s  %s\n\n", who, day.Chinese())
	for _, l := range lines {
		fmt.Fprintf(&b, "%2d   %s   %s   %s   %s\n", l.Number, l.Groups[0], l.Groups[1], l.Groups[2], l.Check)
	}
	b.WriteString("\n")
	for _, text := range paperTexts(digits) {
		b.WriteString(text + "\n")
	}
	return b.String()
}
