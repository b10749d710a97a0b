package folk

import (
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
)

const creditDigits = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// CreditCode gives a unified social credit code (GB 32100-2015) in the made-up
// area: kind is its first two characters (91 an enterprise, 93 a cooperative).
func CreditCode(d *dice.Dice, kind string) string {
	organisation := "MA" + fmt.Sprintf("%06d", d.IntN(1000000))
	body := kind + CountyCode + organisation + string(organisationCheck(organisation))
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

// IDNumbers gives out ID numbers of the made-up area, each once.
type IDNumbers struct{ used map[model.Date]int }

// NewIDNumbers begins giving out ID numbers.
func NewIDNumbers() *IDNumbers { return &IDNumbers{used: map[model.Date]int{}} }

// Next gives the next number of one born on that day; odd sequences are men's.
func (n *IDNumbers) Next(birth model.Date, sex string) string {
	seq := n.used[birth]
	n.used[birth]++
	digit := 2*seq + 2
	if sex == "男" {
		digit = 2*seq + 1
	}
	t := birth.Time()
	body := fmt.Sprintf("%s%04d%02d%02d%03d", CountyCode, t.Year(), int(t.Month()), t.Day(), digit)
	return body + string(model.IDCheckChar(body))
}

// Phones gives out made-up mobile numbers, each once.
type Phones struct {
	d    *dice.Dice
	used map[int]bool
}

// NewPhones begins giving out phone numbers.
func NewPhones(d *dice.Dice) *Phones { return &Phones{d, map[int]bool{}} }

// next gives a number that nobody has.
func (p *Phones) next() string {
	for {
		n := p.d.IntN(100_000_000)
		if !p.used[n] {
			p.used[n] = true
			return fmt.Sprintf("100%08d", n)
		}
	}
}

// WrongDigit changes the number's check digit, so that it is wrong.
func WrongDigit(number string) string {
	last := byte('1')
	if number[17] == '1' {
		last = '2'
	}
	return number[:17] + string(last)
}
