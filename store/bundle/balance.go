package bundle

// Balance is the month's count of members as the sender reckons it: the lines of
// 《两年党员数综合比较》 (domain.md §8.2). What should be there comes from the movements,
// what is there from the persons on file.
type Balance struct {
	Opening   int            `json:"opening"`   // members at the end of the month before, and those opened in this one
	Opened    int            `json:"opened"`    // of the opening: by a 期初在册 of the month itself
	Movements map[string]int `json:"movements"` // of the month, by their kind as the sender's movements have it
	Added     int            `json:"added"`     // by 接收预备党员, 恢复党籍, 转入
	Removed   int            `json:"removed"`   // by what ends a membership

	Developed int `json:"developed"` // 发展党员
	Restored  int `json:"restored"`  // 恢复党籍
	MovedIn   int `json:"moved_in"`  // 转入
	WholeIn   int `json:"whole_in"`  // of these with a whole unit
	Expelled  int `json:"expelled"`  // 出党
	Stopped   int `json:"stopped"`   // 停止党籍
	Died      int `json:"died"`      // 去世
	MovedOut  int `json:"moved_out"` // 转出
	WholeOut  int `json:"whole_out"` // of these with a whole unit

	Expected     int `json:"expected"`     // opening + added − removed
	Closing      int `json:"closing"`      // members on file at the month's end
	Probationary int `json:"probationary"` // of the closing
	Difference   int `json:"difference"`   // closing − expected; to be explained when it is not 0
}
