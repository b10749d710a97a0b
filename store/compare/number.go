package compare

import (
	"fmt"
	"strconv"
	"strings"
)

// nearly is how many places of two ID numbers may differ when they are held for one that
// was mistyped.
const nearly = 3

func near(a, b string) bool { return distance(a, b) <= nearly }

// distance counts the places to be changed, put in, left out or swapped with the next to
// make one number of the other (optimal string alignment).
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}

// places says in which places two ID numbers differ, without giving a digit away.
func places(ours, theirs string) string {
	if len(theirs) != 18 {
		return fmt.Sprintf("%s里的号码不是 18 位(现在是 %d 位),请对着证件核对", Other, len([]rune(theirs)))
	}
	if len(ours) != 18 {
		return ""
	}
	var at []string
	first, last := -1, -1
	for i := range len(ours) {
		if ours[i] != theirs[i] {
			at = append(at, strconv.Itoa(i+1))
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	switch {
	case len(at) == 1:
		return "号码只差一位(第 " + at[0] + " 位),请对着证件核对"
	case len(at) == 2 && last == first+1 && ours[first] == theirs[last] && ours[last] == theirs[first]:
		return "号码有两位写颠倒了(第 " + strings.Join(at, "、") + " 位),请对着证件核对"
	case len(at) <= 6:
		return fmt.Sprintf("号码有 %d 位不同(第 %s 位),请对着证件核对", len(at), strings.Join(at, "、"))
	}
	return fmt.Sprintf("号码有 %d 位不同,请对着证件核对", len(at))
}

func decimal(n int) string { return strconv.Itoa(n) }
